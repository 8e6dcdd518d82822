package org.tierstock.runtime.exchange;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * A message as a call has brought it: not yet believed.
 *
 * @param id the sender's message id
 * @param type the name of the message's type
 * @param stream with partition and sequence its place, as the sender says
 * @param json the message itself, in the form that a broker would bring it in
 */
public record Brought(
        String id,
        String type,
        String stream,
        int partition,
        long sequence,
        long epoch,
        long journal,
        String traceParent,
        String json) {

    Delivery delivery(String queue) {
        JsonObject properties = new JsonObject()
                .put(CloudEvent.ID, id)
                .put(CloudEvent.TYPE, type)
                .put(CloudEvent.STREAM, stream)
                .put(CloudEvent.PARTITION, partition)
                .put(CloudEvent.SEQUENCE, sequence)
                .put(CloudEvent.EPOCH, epoch)
                .put(CloudEvent.JOURNAL, journal)
                .put(CloudEvent.TRACE_PARENT, traceParent);
        return Delivery.of(queue, id, properties, json.getBytes(StandardCharsets.UTF_8));
    }
}
