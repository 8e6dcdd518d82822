package org.tierstock.sales.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.StockQueries;
import org.tierstock.sales.domain.Channel;

/** The product page's question: may these be sold, in this channel, to this region? (S11) */
@Path("/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
@Scoped
public class AvailabilityResource {
    /** The most SKUs of one question. */
    static final int MAX_SKUS = 500;

    private final Caller caller;
    private final ChannelQueries channels;
    private final StockQueries stock;

    @Inject
    public AvailabilityResource(Caller caller, ChannelQueries channels, StockQueries stock) {
        this.caller = caller;
        this.channels = channels;
        this.stock = stock;
    }

    /**
     * What may be sold of one SKU.
     *
     * @param sellable whole units
     */
    record Item(String sku, long sellable, boolean inStock) {}

    record Availability(List<Item> items) {}

    @GET
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR, Roles.AUDITOR})
    @RunOnVirtualThread
    @Operation(
            operationId = "availability",
            summary = "What may be sold of many SKUs, in the order asked",
            description = "Region, delivery method and quality default to the channel's own and NORMAL.")
    @APIResponse(
            responseCode = "200",
            description = "What may be sold",
            content = @Content(schema = @Schema(implementation = Availability.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Availability availability(
            @QueryParam("channel") String channel,
            @QueryParam("shipRegion") String shipRegion,
            @QueryParam("deliveryMethod") String deliveryMethod,
            @QueryParam("quality") String quality,
            @QueryParam("sku") List<String> skus) {
        caller.needsChannel(Bodies.present("channel", channel));
        if (skus.isEmpty() || skus.size() > MAX_SKUS) {
            throw new InvalidValue("sku", "must be given 1 to " + MAX_SKUS + " times");
        }
        Channel seller = channels.known(Set.of(channel)).get(channel);
        if (seller == null) {
            throw Problem.notFound("channel", channel);
        }
        String method = orDefault(deliveryMethod, seller.deliveryMethod());
        String region = orDefault(shipRegion, seller.shipRegion());
        Quality condition = Quality.named(quality);
        List<ChannelKey> keys = new ArrayList<>(skus.size());
        for (String sku : skus) {
            keys.add(new ChannelKey(seller.stockSource(), method, condition, region, new Sku(sku)));
        }
        Map<ChannelKey, Long> sellable = stock.sellable(keys);
        return new Availability(keys.stream()
                .map(key -> {
                    long units = sellable.getOrDefault(key, 0L);
                    return new Item(key.sku().code(), units, units > 0);
                })
                .toList());
    }

    private static String orDefault(String asked, String standard) {
        return asked == null || asked.isEmpty() ? standard : asked;
    }
}
