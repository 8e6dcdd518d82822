package org.tierstock.sales.adapter.in.rest;

import static java.util.stream.Collectors.toSet;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.StockQueries;
import org.tierstock.sales.application.port.StockQueries.StockLevel;
import org.tierstock.sales.domain.Channel;

/** The buckets of every stock key (S11, S12, S100). */
@Path("/v1/stock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
@Scoped
public class StockResource {
    /** The most SKUs or channels of one question. */
    static final int MAX_FILTERS = 500;

    private final Caller caller;
    private final ChannelQueries channels;
    private final StockQueries stock;

    @Inject
    public StockResource(Caller caller, ChannelQueries channels, StockQueries stock) {
        this.caller = caller;
        this.channels = channels;
        this.stock = stock;
    }

    /**
     * The balances of one stock key, in whole units.
     *
     * @param channel the stock source, which several channels may share
     */
    record StockBody(
            String channel,
            String deliveryMethod,
            Quality quality,
            String shipRegion,
            String sku,
            String pool,
            long sellable,
            long locked,
            long sold,
            long held) {
        static StockBody of(StockLevel level) {
            ChannelKey key = level.key().channelKey();
            return new StockBody(
                    key.channel(),
                    key.deliveryMethod(),
                    key.quality(),
                    key.shipRegion(),
                    key.sku().code(),
                    level.key().pool().text(),
                    level.sellable(),
                    level.locked(),
                    level.sold(),
                    level.held());
        }
    }

    @GET
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR, Roles.AUDITOR})
    @RunOnVirtualThread
    @Operation(
            operationId = "stock",
            summary = "Balances by stock key, of some SKUs and channels if asked",
            description = "A channel sees the stock that it sells from.")
    public Page<StockBody> list(
            @QueryParam("sku") List<String> skus,
            @QueryParam("channel") List<String> channel,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (skus.size() > MAX_FILTERS || channel.size() > MAX_FILTERS) {
            throw new InvalidValue("sku", "and channel may be given at most " + MAX_FILTERS + " times");
        }
        skus.forEach(Sku::new);
        channel.forEach(caller::needsChannel);
        boolean any = channel.isEmpty() && caller.mayUseAllChannels();
        Set<String> sources = sources(channel.isEmpty() ? caller.channels() : Set.copyOf(channel));
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<StockLevel> levels = stock.list(
                new StockQueries.Filter(Set.copyOf(skus), any, sources),
                after == null ? 0 : after.number(0),
                rows.plusOne());
        return Page.of(levels, rows, level -> Cursor.of(level.row())).map(StockBody::of);
    }

    private Set<String> sources(Set<String> codes) {
        return channels.known(codes).values().stream().map(Channel::stockSource).collect(toSet());
    }
}
