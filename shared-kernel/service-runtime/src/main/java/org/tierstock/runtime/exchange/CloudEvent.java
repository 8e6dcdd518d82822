package org.tierstock.runtime.exchange;

/** The application properties of a message: CloudEvents attributes in binary mode, and this protocol's extensions. */
final class CloudEvent {
    static final String SPEC_VERSION = "cloudEvents:specversion";
    static final String ID = "cloudEvents:id";
    static final String SOURCE = "cloudEvents:source";
    static final String TYPE = "cloudEvents:type";
    static final String SUBJECT = "cloudEvents:subject";
    static final String TIME = "cloudEvents:time";
    static final String STREAM = "cloudEvents:stream";
    static final String PARTITION = "cloudEvents:partition";
    static final String SEQUENCE = "cloudEvents:sequence";
    static final String EPOCH = "cloudEvents:epoch";
    static final String JOURNAL = "cloudEvents:journal";
    static final String TRACE_PARENT = "cloudEvents:traceparent";

    private CloudEvent() {}
}
