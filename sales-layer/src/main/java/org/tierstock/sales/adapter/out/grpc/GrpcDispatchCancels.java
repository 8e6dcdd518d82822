package org.tierstock.sales.adapter.out.grpc;

import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.v1.CancelAnswer;
import org.tierstock.dispatch.v1.CancelLinesRequest;
import org.tierstock.dispatch.v1.CancelLinesResponse;
import org.tierstock.dispatch.v1.CancelOfLine;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.dispatch.v1.OrderCancels;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Statuses;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PeerJournal;

/** Asks dispatch by gRPC to cancel lines: of many orders in one call, with the sheet of each order once. */
@ApplicationScoped
public class GrpcDispatchCancels implements DispatchCancels {
    private static final Logger LOG = Logger.getLogger(GrpcDispatchCancels.class);

    private static final String DISPATCH = "dispatch";

    private final DispatchChannels channels;
    private final SheetsOfCall sheets;
    private final Installation installation;
    private final SenderBounds bounds;
    private final Duration deadline;

    @Inject
    public GrpcDispatchCancels(
            DispatchChannels channels,
            SheetsOfCall sheets,
            Installation installation,
            SenderBounds bounds,
            @ConfigProperty(name = "tierstock.dispatch.deadline", defaultValue = "5s") Duration deadline) {
        this.channels = channels;
        this.sheets = sheets;
        this.installation = installation;
        this.bounds = bounds;
        this.deadline = deadline;
    }

    @Override
    public List<Answer> cancelLines(List<Unanswered> cancels) {
        Map<OrderNumber, List<Unanswered>> byOrder = cancels.stream()
                .collect(Collectors.groupingBy(Unanswered::order, LinkedHashMap::new, Collectors.toList()));
        try {
            CancelLinesResponse response = HandOverServiceGrpc.newBlockingStub(channels.next())
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .cancelLines(request(byOrder));
            if (response.getCallerEpoch() != installation.epoch()) {
                return unknown(cancels, "The answer belongs to another epoch: " + response.getCallerEpoch());
            }
            Envelope by = response.getEnvelope();
            Optional<String> doubt = bounds.doubt(DISPATCH, by.getEpoch(), by.getJournal());
            if (doubt.isPresent()) {
                return unknown(cancels, doubt.get());
            }
            Map<Unanswered, Answer> answers = answers(byOrder, response);
            return cancels.stream().map(answers::get).toList();
        } catch (StatusRuntimeException e) {
            if (!Statuses.passing(e.getStatus())) {
                throw e;
            }
            LOG.debugf("%d cancels have no answer and are asked again: %s", cancels.size(), e.getStatus());
            return unknown(cancels, e.getStatus().toString());
        }
    }

    private CancelLinesRequest request(Map<OrderNumber, List<Unanswered>> byOrder) {
        CancelLinesRequest.Builder request = CancelLinesRequest.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setEpoch(installation.epoch()).setJournal(installation.journal()));
        Map<OrderNumber, String> sheetOf = sheets.of(byOrder.keySet());
        byOrder.forEach((order, ofOrder) -> {
            OrderCancels.Builder asked =
                    OrderCancels.newBuilder().setOrder(order.text()).setSheet(sheetOf.getOrDefault(order, ""));
            ofOrder.forEach(cancel -> asked.addCancels(CancelOfLine.newBuilder()
                    .setOrderLine(cancel.line())
                    .setCancel(cancel.cancel())
                    .setQuantity(cancel.quantity())));
            request.addOrders(asked);
        });
        return request.build();
    }

    /** The answers come in the order asked: order by order. */
    private static Map<Unanswered, Answer> answers(
            Map<OrderNumber, List<Unanswered>> byOrder, CancelLinesResponse response) {
        PeerJournal by = new PeerJournal(
                response.getEnvelope().getEpoch(), response.getEnvelope().getJournal());
        Iterator<CancelAnswer> given = response.getAnswersList().iterator();
        Map<Unanswered, Answer> answers = new HashMap<>();
        for (List<Unanswered> ofOrder : byOrder.values()) {
            for (Unanswered cancel : ofOrder) {
                CancelAnswer answer = given.next();
                answers.put(cancel, answer.getUnknown() ? new UnknownLine() : new Accepted(answer.getAccepted(), by));
            }
        }
        return answers;
    }

    private static List<Answer> unknown(List<Unanswered> cancels, String reason) {
        return Collections.nCopies(cancels.size(), new Indeterminate(reason));
    }
}
