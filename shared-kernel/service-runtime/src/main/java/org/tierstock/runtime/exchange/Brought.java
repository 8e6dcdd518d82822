package org.tierstock.runtime.exchange;

import io.vertx.core.json.JsonObject;

/**
 * A message as a call has brought it: not yet believed.
 *
 * @param id the sender's message id
 * @param type the name of the message's type
 * @param stream with partition and sequence its place, as the sender says
 * @param document the document line that it tells of, as the sender says
 * @param payload the message itself, in the form that a broker would bring it in
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
        String document,
        byte[] payload) {
    /** The property in which a delivery has its document. No broker brings one: what it says is nobody's word. */
    static final String DOCUMENT = "document";

    Delivery delivery(String queue) {
        JsonObject properties = new JsonObject()
                .put(CloudEvent.ID, id)
                .put(CloudEvent.TYPE, type)
                .put(CloudEvent.STREAM, stream)
                .put(CloudEvent.PARTITION, partition)
                .put(CloudEvent.SEQUENCE, sequence)
                .put(CloudEvent.EPOCH, epoch)
                .put(CloudEvent.JOURNAL, journal)
                .put(CloudEvent.TRACE_PARENT, traceParent)
                .put(DOCUMENT, document);
        return Delivery.of(queue, id, properties, payload);
    }
}
