package org.tierstock.runtime.probe;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.GrpcAccess;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.posting.OutcomeUnknown;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.runtime.trace.TraceContext;

/** A gRPC service of two methods on plain texts, of which one declares no role. */
@GrpcService
@Blocking
public class ProbeGrpcService implements BindableService {
    public static final MethodDescriptor<String, String> ASK = method("probe.Probe", "Ask");
    public static final MethodDescriptor<String, String> FORGOTTEN = method("probe.Probe", "Forgotten");

    private static final List<StreamObserver<String>> SILENT = new ArrayList<>();

    /** Answers the calls that asked for silence. */
    public static void speak() {
        synchronized (SILENT) {
            for (StreamObserver<String> waiting : SILENT) {
                waiting.onNext("at last");
                waiting.onCompleted();
            }
            SILENT.clear();
        }
    }

    @Inject
    @Reads
    Database reads;

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("probe.Probe")
                .addMethod(ASK, ServerCalls.asyncUnaryCall(this::ask))
                .addMethod(FORGOTTEN, ServerCalls.asyncUnaryCall(ProbeGrpcService::answer))
                .build();
    }

    /** Not on the event loop, as its name is the method's. */
    public void ask(String question, StreamObserver<String> answers) {
        if (question.equals("streams")) {
            reads.query("SELECT count(*) FROM stream_head", Database.Binder.NOTHING, row -> row.getLong(1));
        }
        answer(question, answers);
    }

    private static void answer(String question, StreamObserver<String> answers) {
        switch (question) {
            case "refused" -> throw Problem.of(409, "STALE", "Too old.");
            case "invalid" -> throw new InvalidValue("sku", "is missing");
            case "overloaded" -> throw new Overloaded("full");
            case "unknown" -> throw new OutcomeUnknown(new SQLException("gone"));
            case "database" -> throw new DatabaseFailure(new SQLException("secret host", "08006"));
            case "defect" -> throw new IllegalStateException("secret internals");
            case "silent" -> {
                synchronized (SILENT) {
                    SILENT.add(answers);
                }
            }
            default -> {
                answers.onNext(Caller.current().subject()
                        + ' '
                        + TraceContext.current().traceId());
                answers.onCompleted();
            }
        }
    }

    private static MethodDescriptor<String, String> method(String service, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(service + '/' + name)
                .setRequestMarshaller(new Texts())
                .setResponseMarshaller(new Texts())
                .build();
    }

    private static final class Texts implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Called like a service by which layers repair their histories, and none. */
    @GrpcService
    @Blocking
    public static class Lookalike implements BindableService {
        public static final MethodDescriptor<String, String> ASK = method("probe.HistoryService", "Ask");

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("probe.HistoryService")
                    .addMethod(ASK, ServerCalls.asyncUnaryCall(ProbeGrpcService::answer))
                    .build();
        }
    }

    /** Says who may ask. */
    @Singleton
    public static class Access {
        @Produces
        @Singleton
        GrpcAccess access() {
            return GrpcAccess.none().allow(ASK, Roles.SERVICE_SALES).allow(Lookalike.ASK, Roles.SERVICE_SALES);
        }
    }
}
