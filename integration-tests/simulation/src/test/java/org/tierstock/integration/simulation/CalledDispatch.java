package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CancelLines.CancelLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels;

/** The dispatch layer's real use case, as sales reaches it through the network. */
final class CalledDispatch implements DispatchCancels {
    private final World world;

    CalledDispatch(World world) {
        this.world = world;
    }

    /** One by one: what a call loses of many, several calls may lose of each. */
    @Override
    public List<Answer> cancelLines(List<Unanswered> cancels) {
        return cancels.stream().map(this::cancelLine).toList();
    }

    private Answer cancelLine(Unanswered cancel) {
        LineNumber line = new LineNumber(cancel.order().text(), cancel.line());
        CancelLine asked = new CancelLine(line, cancel.cancel(), cancel.quantity(), new PeerJournal(1, 1), "");
        return world.calls
                .call(
                        world.sales.process,
                        () -> answer(world.dispatch
                                .cancel(world.group(List.of(asked)))
                                .getFirst()))
                .orElseGet(() -> new Indeterminate("no answer"));
    }

    private Answer answer(CancelLines.Outcome outcome) {
        return switch (outcome) {
            case CancelLines.Outcome.Accepted accepted ->
                new Accepted(accepted.quantity(), new org.tierstock.sales.domain.PeerJournal(1, 1));
            case CancelLines.Outcome.UnknownLine(LineNumber line) -> {
                if (!world.traffic.isParked(line.order(), line.line())) {
                    throw new EquationBroken("One request at a time", "a cancel met the unknown line " + line);
                }
                yield new Indeterminate("its hand-over is parked");
            }
        };
    }
}
