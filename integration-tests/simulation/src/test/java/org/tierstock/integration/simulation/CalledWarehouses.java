package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.runtime.work.Later;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.ReleaseOutcome;

/** The warehouse layer's real use cases, as dispatch reaches them through the network. */
final class CalledWarehouses implements WarehouseLocks {
    private static final PeerJournal DISPATCH = new PeerJournal(1, 1);
    private static final org.tierstock.dispatch.domain.PeerJournal WAREHOUSE =
            new org.tierstock.dispatch.domain.PeerJournal(1, 1);

    private final World world;

    CalledWarehouses(World world) {
        this.world = world;
    }

    @Override
    public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
        Map<String, Answer<Lock>> answers = new LinkedHashMap<>();
        parcels.forEach((warehouse, asked) -> {
            List<LockStock.Request> requests = asked.stream()
                    .map(parcel -> new LockStock.Request(order(parcel), low.getOrDefault(warehouse, 0L)))
                    .toList();
            answers.put(warehouse, answer(world.calls.call(world.dispatch.process, () -> locks(requests))));
        });
        return Answers.given(answers);
    }

    private static OutboundOrder order(Parcel parcel) {
        Outbound outbound = parcel.outbound();
        return new OutboundOrder(
                outbound.id(),
                outbound.number(),
                outbound.line().order(),
                outbound.line().line(),
                outbound.cell(),
                outbound.quantity(),
                parcel.addressReference(),
                parcel.shipRegion(),
                parcel.deliveryMethod(),
                parcel.traceParent(),
                DISPATCH);
    }

    private List<Lock> locks(List<LockStock.Request> requests) {
        List<LockOutcome> outcomes = world.warehouses.floor().lockAll(world.group(requests));
        List<Lock> locks = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            String outbound = requests.get(i).order().outbound();
            locks.add(
                    switch (outcomes.get(i)) {
                        case LockOutcome.Answered answered ->
                            new Lock(outbound, answered.locked(), answered.at(), false, WAREHOUSE);
                        case LockOutcome.Stale stale -> new Lock(outbound, 0, 0, true, WAREHOUSE);
                    });
        }
        return locks;
    }

    @Override
    public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
        Map<String, Answer<Release>> answers = new LinkedHashMap<>();
        outbounds.forEach((warehouse, asked) -> {
            List<OutboundCancel> requests = asked.stream()
                    .map(outbound -> new OutboundCancel(
                            warehouse,
                            outbound.id(),
                            outbound.release().request(),
                            outbound.release().quantity(),
                            DISPATCH))
                    .toList();
            answers.put(warehouse, answer(world.calls.call(world.dispatch.process, () -> releases(requests))));
        });
        return Answers.given(answers);
    }

    private List<Release> releases(List<OutboundCancel> requests) {
        List<ReleaseOutcome> outcomes = world.warehouses.floor().releaseAll(world.group(requests));
        List<Release> releases = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            OutboundCancel request = requests.get(i);
            releases.add(
                    switch (outcomes.get(i)) {
                        case ReleaseOutcome.Released released ->
                            new Release(request.outbound(), request.request(), released.released(), false, WAREHOUSE);
                        case ReleaseOutcome.UnknownOutbound unknown -> unknown(request);
                    });
        }
        return releases;
    }

    /** Only a request that its caller has given up long ago may be about an outbound that was purged. */
    private Release unknown(OutboundCancel request) {
        boolean finished = world.dispatch.ports.outbounds.find(List.of(request.outbound())).values().stream()
                .allMatch(outbound -> outbound.number()
                        <= world.warehouses
                                .ports
                                .outbounds
                                .lows(List.of(outbound.warehouse()))
                                .getOrDefault(outbound.warehouse(), 0L));
        if (!finished) {
            throw new EquationBroken(
                    "One request at a time", "a release met the unknown outbound " + request.outbound());
        }
        return new Release(request.outbound(), request.request(), 0, true, WAREHOUSE);
    }

    private static <A> Answer<A> answer(Optional<List<A>> answers) {
        return answers.<Answer<A>>map(Answer.Answered::new).orElseGet(() -> new Answer.Indeterminate<>("no answer"));
    }
}
