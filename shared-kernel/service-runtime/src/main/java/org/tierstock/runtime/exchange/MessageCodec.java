package org.tierstock.runtime.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.json.StrictJson;

/** Messages as JSON. Reading is strict: an unknown field, a missing number or a wrong type is an error. */
public final class MessageCodec {
    private static final Map<String, Class<? extends Message>> TYPES = new TreeMap<>();

    static {
        for (Class<? extends Message> type : java.util.List.of(
                ToSales.StockGranted.class,
                ToSales.StockRevoked.class,
                ToSales.SaleReversed.class,
                ToDispatch.RevocationSettled.class,
                ToDispatch.HandOver.class,
                ToDispatch.GoodsReceived.class,
                ToDispatch.GoodsShipped.class,
                ToDispatch.StockChanged.class)) {
            TYPES.put(type.getSimpleName(), type);
        }
    }

    private static final ObjectMapper JSON = StrictJson.by(JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .addModule(new SimpleModule().addSerializer(new SkuAsText()).addDeserializer(Sku.class, new SkuFromText()))
            .build());

    private MessageCodec() {}

    /** The name of a message's type, as it stands in the envelope. */
    public static String typeOf(Message message) {
        return message.getClass().getSimpleName();
    }

    /** The message as JSON. */
    public static String write(Message message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message is always writable: " + message, e);
        }
    }

    /**
     * The message of that JSON.
     *
     * @param accepted what the reader can apply
     * @throws CannotApply with the reason when it is not one of them or not well-formed
     */
    public static <M extends Message> M read(String type, byte[] json, Class<M> accepted) {
        Class<? extends Message> known = type == null ? null : TYPES.get(type);
        if (known == null || !accepted.isAssignableFrom(known)) {
            throw new CannotApply(Because.UNKNOWN_TYPE, "Unknown type here: " + type);
        }
        M message;
        try {
            message = accepted.cast(JSON.readValue(json, known));
        } catch (JsonMappingException e) {
            InvalidValue invalid = cause(e);
            throw new CannotApply(
                    Because.UNREADABLE,
                    "Wrong schema: " + (invalid == null ? e.getOriginalMessage() : invalid.getMessage()));
        } catch (IOException e) {
            throw new CannotApply(
                    Because.UNREADABLE,
                    "Bad JSON: "
                            + (e instanceof JsonProcessingException bad ? bad.getOriginalMessage() : e.getMessage()));
        }
        if (message == null) {
            throw new CannotApply(Because.UNREADABLE, "Wrong schema: the message is null");
        }
        return validated(message);
    }

    private static InvalidValue cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValue invalid) {
                return invalid;
            }
        }
        return null;
    }

    /**
     * The message, when each of its fields is one that it may have.
     *
     * @throws CannotApply with the field and the reason otherwise
     */
    public static <M extends Message> M validated(M message) {
        try {
            switch (message) {
                case ToSales.StockGranted m -> {
                    required("grant", m.grant(), "key", m.key(), "pool", m.pool());
                    Quantity.positive("quantity", m.quantity());
                }
                case ToSales.StockRevoked m -> {
                    required("revocation", m.revocation(), "key", m.key());
                    Quantity.positive("quantity", m.quantity());
                }
                case ToSales.SaleReversed m -> {
                    required("reversal", m.reversal(), "order", m.order(), "key", m.key(), "cause", m.cause());
                    Quantity.notNegative("quantity", m.quantity());
                    Quantity.notNegative("regranted", m.regranted());
                    Quantity.notNegative("refused", m.refused());
                    if (m.regranted() > m.quantity()) {
                        throw new InvalidValue("regranted", "is more than quantity");
                    }
                }
                case ToDispatch.RevocationSettled m -> {
                    required("revocation", m.revocation(), "key", m.key());
                    Quantity.notNegative("taken", m.taken());
                }
                case ToDispatch.HandOver m -> {
                    required("order", m.order(), "key", m.key());
                    Code.number("order", m.order());
                    DocumentLine.lineNumber("orderLine", m.orderLine());
                    Quantity.positive("quantity", m.quantity());
                    Code.of("shipRegion", m.shipRegion());
                    Code.of("deliveryMethod", m.deliveryMethod());
                    Code.opaque("addressReference", m.addressReference());
                    Code.opaque("traceParent", m.traceParent());
                    sheet(m.sheet());
                }
                case ToDispatch.GoodsReceived m -> {
                    required("warehouse", m.warehouse(), "receiptLine", m.receiptLine(), "cell", m.cell());
                    required("cause", m.cause());
                    Quantity.notNegative("good", m.good());
                    Quantity.notNegative("bad", m.bad());
                }
                case ToDispatch.GoodsShipped m -> {
                    required("warehouse", m.warehouse(), "shipmentLine", m.shipmentLine(), "cell", m.cell());
                    required("outbound", m.outbound());
                    Quantity.positive("quantity", m.quantity());
                }
                case ToDispatch.StockChanged m -> {
                    required("warehouse", m.warehouse(), "documentLine", m.documentLine());
                    if (m.sides().isEmpty()) {
                        throw new InvalidValue("sides", "is empty");
                    }
                    for (ToDispatch.Side side : m.sides()) {
                        required("cell", side.cell());
                        Quantity.notNegative("available", Math.abs(side.available()));
                        Quantity.notNegative("unavailable", Math.abs(side.unavailable()));
                        if (side.cell().sku().partition() != m.partition()) {
                            throw new InvalidValue("sides", "lie in different partitions");
                        }
                    }
                    for (ToDispatch.LostLock lock : m.lostLocks()) {
                        required("outbound", lock.outbound());
                        Quantity.positive("quantity", lock.quantity());
                    }
                }
            }
        } catch (InvalidValue e) {
            throw new CannotApply(Because.UNREADABLE, "Wrong schema: " + e.getMessage());
        }
        return message;
    }

    /**
     * A sheet, when it is one that may come with a hand-over or a cancel.
     *
     * @throws InvalidValue when it is missing, too long, or holds control characters
     */
    public static String sheet(String sheet) {
        if (sheet == null) {
            throw new InvalidValue("sheet", "is missing");
        }
        if (sheet.length() > ToDispatch.HandOver.MAX_SHEET) {
            throw new InvalidValue("sheet", "is longer than " + ToDispatch.HandOver.MAX_SHEET + " characters");
        }
        if (sheet.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("sheet", "may not hold control characters");
        }
        return sheet;
    }

    private static void required(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null || "".equals(namesAndValues[i + 1])) {
                throw new InvalidValue((String) namesAndValues[i], "is missing");
            }
        }
    }

    /** The body as text, for a person to look at. */
    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static final class SkuAsText extends StdSerializer<Sku> {
        SkuAsText() {
            super(Sku.class);
        }

        @Override
        public void serialize(
                Sku sku,
                com.fasterxml.jackson.core.JsonGenerator json,
                com.fasterxml.jackson.databind.SerializerProvider provider)
                throws IOException {
            json.writeString(sku.code());
        }
    }

    private static final class SkuFromText extends StdDeserializer<Sku> {
        SkuFromText() {
            super(Sku.class);
        }

        @Override
        public Sku deserialize(JsonParser json, com.fasterxml.jackson.databind.DeserializationContext context)
                throws IOException {
            if (!json.hasToken(com.fasterxml.jackson.core.JsonToken.VALUE_STRING)) {
                throw JsonMappingException.from(json, "sku must be a string");
            }
            return new Sku(json.getText());
        }
    }
}
