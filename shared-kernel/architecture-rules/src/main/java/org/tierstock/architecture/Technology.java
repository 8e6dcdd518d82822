package org.tierstock.architecture;

import java.util.List;

/** What a service may do without. Each technology has one home among the adapters and is known nowhere else (rule 7). */
public enum Technology {
    /** HTTP resources. */
    REST("adapter.in.rest", "jakarta.ws.rs..", "org.jboss.resteasy.."),
    /** gRPC services that others call. */
    INCOMING_GRPC("adapter.in.grpc", Api.GRPC),
    /** gRPC calls to another layer. */
    OUTGOING_GRPC("adapter.out.grpc", Api.GRPC),
    /** Messages from another layer. They leave through the outbox of service-runtime, so there is no outgoing twin. */
    INCOMING_AMQP(
            "adapter.in.amqp",
            "org.eclipse.microprofile.reactive.messaging..",
            "io.smallrye.reactive.messaging..",
            "io.vertx.amqp..",
            "io.vertx.proton..",
            "org.apache.qpid.."),
    /** Jobs that run by the clock. */
    SCHEDULE("adapter.in.schedule", "io.quarkus.scheduler.."),
    /** The service's own database. */
    POSTGRES(
            "adapter.out.postgres",
            "java.sql..",
            "javax.sql..",
            "jakarta.persistence..",
            "org.hibernate..",
            "io.quarkus.hibernate..",
            "io.agroal..",
            "org.postgresql..");

    private final String home;
    private final List<String> apis;

    Technology(String home, String... apis) {
        this.home = home;
        this.apis = List.of(apis);
    }

    /** The package below a service's root that may know the technology. */
    String home() {
        return home;
    }

    /** The packages by which the technology is known. */
    List<String> apis() {
        return apis;
    }

    private static final class Api {
        /** The library and what it generates from the protos of all layers. */
        static final String[] GRPC = {"io.grpc..", "io.quarkus.grpc..", "com.google.protobuf..", "org.tierstock.*.v1.."
        };
    }
}
