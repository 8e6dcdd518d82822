package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch;
import org.tierstock.movements.protocol.ToSales;

class MessageCodecTest {
    private static final Sku SKU = new Sku("85123A");
    private static final ChannelKey KEY = new ChannelKey("WEB", "PARCEL", Quality.NORMAL, "EAST", SKU);
    private static final Cell CELL = new Cell(new NodeKey("W1", "MAIN", "ACME", Quality.DEFECTIVE), SKU);

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Message> messages() {
        return List.of(
                new ToSales.StockGranted("GR-1-1", KEY, "REGULAR", 5),
                new ToSales.StockRevoked("RV-1-2", KEY, 3),
                new ToSales.SaleReversed("RS-1-3", "WEB:7", 1, KEY, 2, 1, ToSales.Cause.CANCEL, "CX-1", 0),
                new ToSales.SaleReversed("RS-1-4", "WEB:7", 1, KEY, 2, 0, ToSales.Cause.SHORTAGE, null, 0),
                new ToDispatch.RevocationSettled("RV-1-2", KEY, 0),
                new ToDispatch.HandOver("WEB:7", 1, KEY, 2, "EAST", "PARCEL", "adr-9", "00-1-2-00", "{}"),
                new ToDispatch.GoodsReceived("W1", "PO1/1", CELL, 10, 1, ToDispatch.ReceiptCause.PURCHASE, ""),
                new ToDispatch.GoodsShipped("W1", "SH1/1", "OB-1-5", CELL, 2, "B7"),
                new ToDispatch.StockChanged(
                        "W1",
                        "ST1/1",
                        List.of(new ToDispatch.Side(CELL, -2, 1, "")),
                        List.of(new ToDispatch.LostLock("OB-1-5", 1))));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_reads_as_it_was_written(Message message) {
        String json = MessageCodec.write(message);

        assertThat(MessageCodec.read(MessageCodec.typeOf(message), bytes(json), Message.class))
                .isEqualTo(message);
    }

    @Test
    void a_sku_is_a_plain_text() {
        assertThat(MessageCodec.write(new ToSales.StockRevoked("RV-1-2", KEY, 3)))
                .contains("\"sku\":\"85123A\"");
    }

    @Test
    void a_type_that_the_reader_does_not_apply_is_unknown_to_it() {
        String json = MessageCodec.write(new ToSales.StockRevoked("RV-1-2", KEY, 3));

        assertThatThrownBy(() -> MessageCodec.read("StockRevoked", bytes(json), ToDispatch.class))
                .isInstanceOf(CannotApply.class)
                .hasMessageContaining("Unknown type");
        assertThatThrownBy(() -> MessageCodec.read("Nonsense", bytes(json), Message.class))
                .isInstanceOf(CannotApply.class);
        assertThatThrownBy(() -> MessageCodec.read(null, bytes(json), Message.class))
                .isInstanceOf(CannotApply.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"revocation\":\"RV\",\"quantity\":3}",
                "{\"revocation\":\"RV\",\"key\":null,\"quantity\":3}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":0}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":-1}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":1000000001}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":99999999999999999999}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":1.5}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":\"1\"}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":true}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":NaN}",
                "{\"revocation\":\"RV\",\"key\":KEY}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":1,\"more\":1}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":1,\"quantity\":1}",
                "{\"revocation\":\"RV\",\"key\":KEY,\"quantity\":1} x",
                "{\"revocation\":\"\",\"key\":KEY,\"quantity\":1}"
            })
    void what_is_not_exactly_a_message_cannot_be_applied(String json) {
        String key =
                "{\"channel\":\"WEB\",\"deliveryMethod\":\"PARCEL\",\"quality\":\"NORMAL\",\"shipRegion\":\"EAST\",\"sku\":\"A\"}";

        assertThatThrownBy(() -> MessageCodec.read("StockRevoked", bytes(json.replace("KEY", key)), Message.class))
                .isInstanceOf(CannotApply.class);
    }

    @Test
    void a_sku_with_a_slash_is_a_wrong_schema_that_says_so() {
        String json =
                "{\"revocation\":\"RV\",\"quantity\":1,\"key\":{\"channel\":\"WEB\",\"deliveryMethod\":\"PARCEL\","
                        + "\"quality\":\"NORMAL\",\"shipRegion\":\"EAST\",\"sku\":\"A/B\"}}";

        assertThatThrownBy(() -> MessageCodec.read("StockRevoked", bytes(json), Message.class))
                .isInstanceOf(CannotApply.class)
                .hasMessageContaining("sku may hold");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_value_of_another_type_cannot_be_applied_whatever_field_it_stands_in(Message message) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(MessageCodec.write(message));
        List<String> wrong = new ArrayList<>();
        withOneWrongValue(json, json, wrong);

        assertThat(wrong)
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThatThrownBy(
                                () -> MessageCodec.read(MessageCodec.typeOf(message), bytes(text), Message.class))
                        .isInstanceOf(CannotApply.class)
                        .hasMessageStartingWith("Wrong schema"));
    }

    private static void withOneWrongValue(ObjectNode whole, ObjectNode part, List<String> texts) throws IOException {
        for (Map.Entry<String, JsonNode> field : List.copyOf(part.properties())) {
            JsonNode right = part.get(field.getKey());
            for (JsonNode other : JSON.readTree("[1, 1.5, true, {}, [], \"x\", \"\", \"1\"]")) {
                if (!couldBe(right, other)) {
                    part.set(field.getKey(), other);
                    texts.add(whole.toString());
                    part.set(field.getKey(), right);
                }
            }
            for (JsonNode inner : right.isArray() ? right : List.of(right)) {
                if (inner.isObject()) {
                    withOneWrongValue(whole, (ObjectNode) inner, texts);
                }
            }
        }
    }

    /** Texts may be empty or absent, lists empty; no number here has a fraction. */
    private static boolean couldBe(JsonNode right, JsonNode other) {
        boolean text = right.isTextual() || right.isNull();
        return text && other.isTextual()
                || right.isIntegralNumber() && other.isIntegralNumber()
                || right.isArray() && other.isArray();
    }
}
