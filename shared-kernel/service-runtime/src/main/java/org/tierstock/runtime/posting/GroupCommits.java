package org.tierstock.runtime.posting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.PostingConnections;

/** Makes the group commits of a service with its configured bounds, and shows their queues and batches as metrics. */
@ApplicationScoped
public class GroupCommits {
    private final GroupCommit.Bounds bounds;
    private final PostingConnections connections;
    private final Fence fence;
    private final MeterRegistry meters;
    private final List<GroupCommit<?, ?>> made = new CopyOnWriteArrayList<>();

    @Inject
    public GroupCommits(
            @ConfigProperty(name = "tierstock.posting.lanes") Optional<Integer> lanes,
            @ConfigProperty(name = "tierstock.posting.capacity", defaultValue = "8192") int capacity,
            @ConfigProperty(name = "tierstock.posting.max-batch", defaultValue = "256") int maxBatch,
            @ConfigProperty(name = "tierstock.posting.max-lines", defaultValue = "1024") int maxLines,
            @ConfigProperty(name = "tierstock.posting.patience", defaultValue = "10S") Duration patience,
            @ConfigProperty(name = "tierstock.posting.lock-wait", defaultValue = "50ms") Duration lockWait,
            @ConfigProperty(name = "tierstock.posting.held", defaultValue = "2S") Duration held,
            PostingConnections connections,
            Fence fence,
            MeterRegistry meters) {
        this.bounds = new GroupCommit.Bounds(
                lanes.orElseGet(GroupCommits::usualLanes), capacity, maxBatch, maxLines, patience, lockWait, held);
        this.connections = connections;
        this.fence = fence;
        this.meters = meters;
    }

    /**
     * One lane for two processors. More lanes make smaller batches, and on a machine that is busy anyway a batch costs
     * more by its number than by its size (docs/benchmarks.md).
     */
    private static int usualLanes() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * A group commit of that name, with the service's bounds. It posts while the fence is open.
     *
     * @param lines how many lines a command carries, at least 1
     */
    public <C, R> GroupCommit<C, R> of(String name, ToIntFunction<? super C> lines, GroupCommit.Posting<C, R> posting) {
        return of(name, lines, Sizes.asTold(), posting);
    }

    /** The same where the database knows more of the lines than the commands tell. */
    public <C, R> GroupCommit<C, R> of(
            String name, ToIntFunction<? super C> lines, Sizes<C> sizes, GroupCommit.Posting<C, R> posting) {
        return of(name, lines, sizes, commands -> fence.requireOpen(), posting);
    }

    /** Another one, whose commands a person may replay while the layer is repaired. */
    public <C, R> GroupCommit<Replayable<C>, R> ofReplayable(
            String name, ToIntFunction<? super C> lines, GroupCommit.Posting<C, R> posting) {
        return of(
                name,
                replayable -> lines.applyAsInt(replayable.command()),
                Sizes.asTold(),
                commands -> {
                    if (commands.stream().allMatch(Replayable::replayed)) {
                        fence.requirePosting();
                    } else {
                        fence.requireOpen();
                    }
                },
                commands ->
                        posting.post(commands.stream().map(Replayable::command).toList()));
    }

    /** One that also posts while the fence is closed: what tells of no goods, and must be kept. */
    public <C, R> GroupCommit<C, R> unfenced(
            String name, ToIntFunction<? super C> lines, GroupCommit.Posting<C, R> posting) {
        return of(name, lines, Sizes.asTold(), commands -> {}, posting);
    }

    private <C, R> GroupCommit<C, R> of(
            String name,
            ToIntFunction<? super C> lines,
            Sizes<C> sizes,
            Consumer<List<C>> requireFence,
            GroupCommit.Posting<C, R> posting) {
        DistributionSummary batches = DistributionSummary.builder("tierstock.posting.batch")
                .description("Commands per transaction")
                .tag("posting", name)
                .register(meters);
        connections.needed(name, bounds.lanes());
        Map<GroupCommit.Refusal, Counter> refusals = new EnumMap<>(GroupCommit.Refusal.class);
        for (GroupCommit.Refusal refusal : GroupCommit.Refusal.values()) {
            refusals.put(
                    refusal,
                    Counter.builder("tierstock.posting.refused")
                            .description("Commands refused before they were posted")
                            .tag("posting", name)
                            .tag("cause", refusal.name())
                            .register(meters));
        }
        GroupCommit.Posting<C, R> fenced = commands -> {
            // It may have closed while they waited.
            requireFence.accept(commands);
            return posting.post(commands);
        };
        GroupCommit<C, R> groupCommit =
                new GroupCommit<>(name, bounds, lines, sizes, fenced, new GroupCommit.Watcher() {
                    @Override
                    public void posted(int commands) {
                        batches.record(commands);
                    }

                    @Override
                    public void refused(GroupCommit.Refusal refusal, int commands) {
                        refusals.get(refusal).increment(commands);
                    }
                });
        meters.gauge(
                "tierstock.posting.waiting",
                io.micrometer.core.instrument.Tags.of("posting", name),
                groupCommit,
                GroupCommit::waiting);
        made.add(groupCommit);
        return groupCommit;
    }

    /** Posts what waits in any of them, and takes no more. */
    @PreDestroy
    public void close() {
        made.forEach(GroupCommit::close);
    }
}
