package org.tierstock.sales.adapter.out.grpc;

import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.v1.CancelLineRequest;
import org.tierstock.dispatch.v1.CancelLineResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.application.port.OrderSheets;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PeerJournal;

/** Asks dispatch by gRPC to cancel lines. */
@ApplicationScoped
public class GrpcDispatchCancels implements DispatchCancels {
    private static final Logger LOG = Logger.getLogger(GrpcDispatchCancels.class);

    private final DispatchChannels channels;
    private final OrderSheets orderSheets;
    private final Installation installation;
    private final Duration deadline;

    @Inject
    public GrpcDispatchCancels(
            DispatchChannels channels,
            OrderSheets orderSheets,
            Installation installation,
            @ConfigProperty(name = "tierstock.dispatch.deadline", defaultValue = "5s") Duration deadline) {
        this.channels = channels;
        this.orderSheets = orderSheets;
        this.installation = installation;
        this.deadline = deadline;
    }

    @Override
    public Answer cancelLine(Unanswered cancel) {
        CancelLineRequest request = CancelLineRequest.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setEpoch(installation.epoch()).setJournal(installation.journal()))
                .setOrder(cancel.order().text())
                .setOrderLine(cancel.line())
                .setCancel(cancel.cancel())
                .setQuantity(cancel.quantity())
                .setSheet(sheet(cancel.order()))
                .build();
        try {
            CancelLineResponse response = HandOverServiceGrpc.newBlockingStub(channels.next())
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .cancelLine(request);
            Envelope dispatch = response.getEnvelope();
            return response.getCallerEpoch() == installation.epoch()
                    ? new Accepted(response.getAccepted(), new PeerJournal(dispatch.getEpoch(), dispatch.getJournal()))
                    : new Indeterminate("The answer belongs to another epoch: " + response.getCallerEpoch());
        } catch (StatusRuntimeException e) {
            LOG.debugf("Cancel %s has no answer and is asked again: %s", cancel.cancel(), e.getStatus());
            return new Indeterminate(e.getStatus().toString());
        }
    }

    private String sheet(OrderNumber order) {
        String sheet = orderSheets.of(List.of(order)).getOrDefault(order, "");
        return sheet.length() <= HandOver.MAX_SHEET ? sheet : "";
    }
}
