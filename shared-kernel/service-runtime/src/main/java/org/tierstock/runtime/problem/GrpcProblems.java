package org.tierstock.runtime.problem;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Answers every failure of a gRPC service with a status; the problem's code is in the trailer {@code problem-code}.
 * Business results are part of the response and never come here.
 */
@ApplicationScoped
public class GrpcProblems implements ExceptionHandlerProvider {
    /** The trailer that carries {@link Problem#code()}. */
    public static final Metadata.Key<String> CODE = Metadata.Key.of("problem-code", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata headers) {
        return new ExceptionHandler<>(listener, call, headers) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, A> failed, Metadata ignored) {
                StatusException answer = answer(failure);
                failed.close(answer.getStatus(), answer.getTrailers());
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return answer(failure);
    }

    public static StatusException answer(Throwable failure) {
        return switch (failure) {
            case StatusException known -> withTrailers(known.getStatus(), known.getTrailers());
            case StatusRuntimeException known -> withTrailers(known.getStatus(), known.getTrailers());
            default -> of(Problems.of(failure));
        };
    }

    private static StatusException withTrailers(Status status, Metadata trailers) {
        return new StatusException(status, trailers == null ? new Metadata() : trailers);
    }

    private static StatusException of(Problem problem) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, problem.code());
        return new StatusException(status(problem.status()).withDescription(problem.detail()), trailers);
    }

    private static Status status(int httpStatus) {
        return switch (httpStatus) {
            case 400, 413, 422 -> Status.INVALID_ARGUMENT;
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404 -> Status.NOT_FOUND;
            case 409 -> Status.FAILED_PRECONDITION;
            case 429 -> Status.RESOURCE_EXHAUSTED;
            case 503 -> Status.UNAVAILABLE;
            default -> Status.INTERNAL;
        };
    }
}
