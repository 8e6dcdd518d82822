package org.tierstock.sales.adapter.in.grpc;

import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.v1.CancelLine;
import org.tierstock.sales.v1.CancelRequest;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.PayRequest;
import org.tierstock.sales.v1.PlaceRequest;

/** Requests as commands. What a field cannot be is an {@link InvalidValue}. */
final class Requests {
    private Requests() {}

    static PlaceOrder of(PlaceRequest request, String traceParent) {
        List<PlaceOrder.Line> lines = new ArrayList<>(request.getLinesCount());
        for (OrderLine line : request.getLinesList()) {
            lines.add(new PlaceOrder.Line(
                    line.getLine(), new Sku(line.getSku()), Quality.named(line.getQuality()), line.getQuantity()));
        }
        return new PlaceOrder(
                new OrderNumber(request.getChannel(), request.getChannelOrderNumber()),
                mode(request),
                request.getHoldSeconds(),
                request.getDeliveryMethod(),
                request.getShipRegion(),
                request.getBuyer(),
                request.getAddressReference(),
                lines,
                traceParent);
    }

    private static DeductionMode mode(PlaceRequest request) {
        return switch (request.getDeductionMode()) {
            case DEDUCTION_MODE_UNSPECIFIED -> null;
            case DEDUCTION_MODE_ORDER_TIME -> DeductionMode.ORDER_TIME;
            case DEDUCTION_MODE_PRE_HOLD -> DeductionMode.PRE_HOLD;
            case DEDUCTION_MODE_PAYMENT_TIME -> DeductionMode.PAYMENT_TIME;
            case UNRECOGNIZED -> throw new InvalidValue("deductionMode", "is not known");
        };
    }

    static ConfirmPayment of(PayRequest request) {
        return new ConfirmPayment(OrderNumber.parse(request.getOrderNumber()), request.getPaymentNumber());
    }

    static CancelOrder of(CancelRequest request) {
        List<CancelOrder.Line> lines = new ArrayList<>(request.getLinesCount());
        for (CancelLine line : request.getLinesList()) {
            lines.add(new CancelOrder.Line(line.getLine(), line.getQuantity()));
        }
        return new CancelOrder(
                OrderNumber.parse(request.getOrderNumber()),
                request.getCancellationNumber(),
                request.getReasonCode(),
                lines);
    }
}
