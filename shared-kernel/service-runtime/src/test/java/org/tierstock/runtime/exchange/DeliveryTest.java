package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.ToSales;

class DeliveryTest {
    private static Message message(Section body) {
        Message message = Proton.message();
        message.setBody(body);
        return message;
    }

    private static String text(Delivery delivery) {
        return new String(delivery.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void whatever_the_body_is_made_of_there_are_bytes() {
        Binary binary = new Binary("{}".getBytes(StandardCharsets.UTF_8));

        assertThat(text(Delivery.of("q", message(new Data(binary))))).isEqualTo("{}");
        assertThat(text(Delivery.of("q", message(new AmqpValue(binary))))).isEqualTo("{}");
        assertThat(text(Delivery.of("q", message(new AmqpValue("{}"))))).isEqualTo("{}");
        assertThat(text(Delivery.of("q", message(new AmqpValue(null))))).isEqualTo("null");
        assertThat(text(Delivery.of("q", message(new AmqpSequence(List.of(1))))))
                .contains("1");
        assertThat(Delivery.of("q", message(null)).payload()).isEmpty();
    }

    @Test
    void properties_that_json_has_no_type_for_are_kept_as_text() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("text", "t");
        properties.put("long", 1L);
        properties.put("short", (short) 2);
        properties.put("unsigned", UnsignedLong.valueOf(3));
        properties.put("symbol", Symbol.valueOf("s"));
        properties.put("date", new Date(0));
        properties.put("none", null);
        Message message = message(null);
        message.setApplicationProperties(new ApplicationProperties(properties));

        Delivery delivery = Delivery.of("q", message);

        assertThat(delivery.properties().encode())
                .startsWith("{\"text\":\"t\",\"long\":1,\"short\":2,\"unsigned\":\"3\"");
        assertThat(delivery.text("symbol")).isEqualTo("s");
    }

    @Test
    void which_document_line_it_tells_of_is_believed_of_a_call_and_of_no_broker() {
        Message message = message(null);
        message.setApplicationProperties(new ApplicationProperties(Map.of(Brought.DOCUMENT, "WEB:1/1")));

        assertThat(Delivery.of("q", message).document()).isNull();
        assertThat(brought("WEB:1/1").document()).isEqualTo("WEB:1/1");
        for (String unusable : List.of("", "x".repeat(1_000), "a\u0000b")) {
            assertThat(brought(unusable).document()).isNull();
        }
    }

    private static Delivery brought(String document) {
        return new Brought("id", "HandOver", "S>D", 1, 1, 1, 1, "", document, new byte[0]).delivery("q");
    }

    @Test
    void a_message_without_a_usable_id_has_the_same_one_whenever_it_is_delivered() {
        Message message = message(new AmqpValue("x"));
        String id = Delivery.of("q", message).id();

        assertThat(id).startsWith("sha256-");
        assertThat(Delivery.of("q", message).id()).isEqualTo(id);
        for (Object unusable : List.of("", "x".repeat(1_000), "a\u0000b")) {
            message.setMessageId(unusable);
            assertThat(Delivery.of("q", message).id()).isEqualTo(id);
        }
        message.setMessageId(UnsignedLong.valueOf(7));
        assertThat(Delivery.of("q", message).id()).isEqualTo("7");
    }

    @Test
    void a_body_beyond_the_bound_is_not_read() {
        Delivery delivery = Delivery.of("q", message(new Data(new Binary(new byte[Delivery.MAX_PAYLOAD + 1]))));

        assertThatThrownBy(() -> delivery.decode("dispatch", ToSales.class))
                .isInstanceOf(CannotApply.class)
                .hasMessageStartingWith("Too large");
    }
}
