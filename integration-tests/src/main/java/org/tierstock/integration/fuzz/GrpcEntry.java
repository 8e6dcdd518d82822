package org.tierstock.integration.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One gRPC method, as the descriptors of the protos describe it. */
final class GrpcEntry implements Entry {
    private static final int DEADLINE_SECONDS = 30;
    private static final int DEEPEST = 6;

    /** How seldom a value is an impossible one. */
    private static final int ODD_ONCE_IN = 6;

    /** What one list takes: more than any entry reads. */
    private static final long LARGEST_BYTES = 5_000_000;

    private static final List<Long> NUMBERS = List.of(
            0L,
            -1L,
            1_000_000_001L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1L << 40);

    /** Statuses that say that the caller is wrong, or comes too often. */
    private static final Set<Status.Code> CALLERS = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.ALREADY_EXISTS,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.OUT_OF_RANGE,
            Status.Code.PERMISSION_DENIED,
            Status.Code.RESOURCE_EXHAUSTED);

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private final String layer;
    private final com.google.protobuf.Descriptors.MethodDescriptor described;
    private final MethodDescriptor<byte[], byte[]> method;
    private final Channel channel;
    private final Vocabulary vocabulary;

    private GrpcEntry(
            String layer,
            com.google.protobuf.Descriptors.MethodDescriptor described,
            Channel channel,
            Vocabulary vocabulary) {
        this.layer = layer;
        this.described = described;
        this.channel = channel;
        this.vocabulary = vocabulary;
        this.method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                        described.getService().getFullName(), described.getName()))
                .setType(
                        described.isServerStreaming()
                                ? MethodDescriptor.MethodType.SERVER_STREAMING
                                : MethodDescriptor.MethodType.UNARY)
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
    }

    /** Every method of every service in a proto file, as a layer serves it. */
    static List<GrpcEntry> of(String layer, FileDescriptor file, Channel channel, Vocabulary vocabulary) {
        return file.getServices().stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> new GrpcEntry(layer, method, channel, vocabulary))
                .toList();
    }

    @Override
    public String name() {
        return layer + ' ' + method.getFullMethodName();
    }

    @Override
    public Input input(Dice dice) {
        byte[] request = request(dice);
        while (Peerage.endsHistory(described.getName(), request)) {
            request = request(dice);
        }
        return input(request);
    }

    private Input input(byte[] request) {
        return new Input() {
            @Override
            public Verdict send() {
                return call(request);
            }

            @Override
            public String text() {
                return BadText.shown(request);
            }
        };
    }

    private byte[] request(Dice dice) {
        int kind = dice.below(100);
        if (kind < 8) {
            return dice.bytes(dice.below(300));
        }
        if (kind < 12) {
            return whole(described.getInputType(), dice).toByteArray();
        }
        byte[] good = message(described.getInputType(), dice, 0).toByteArray();
        if (kind < 30) {
            return BadText.damaged(good, dice);
        }
        if (kind < 50) {
            return BadText.joined(good, oddField(dice));
        }
        if (kind == 50 && dice.onceIn(10)) {
            return BadText.joined(good, field(1_000, WireFormat.WIRETYPE_LENGTH_DELIMITED, out -> {
                out.writeByteArrayNoTag(new byte[BadText.HUGE]);
            }));
        }
        return good;
    }

    /** A message that has each field once, with what somebody knows. */
    private DynamicMessage whole(Descriptor type, Dice dice) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            Object value = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    ? whole(field.getMessageType(), dice)
                    : known(field, vocabulary.whole(), dice);
            if (field.isRepeated()) {
                message.addRepeatedField(field, value);
            } else {
                message.setField(field, value);
            }
        }
        return message.build();
    }

    private DynamicMessage message(Descriptor type, Dice dice, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (dice.onceIn(12) || depth > DEEPEST) {
                continue;
            }
            if (field.isRepeated()) {
                int count = dice.onceIn(100) ? 2_000 : dice.below(3);
                Object value = value(field, dice, depth);
                for (int i = 0; i < count && i * size(value) < LARGEST_BYTES; i++) {
                    message.addRepeatedField(field, value);
                }
            } else {
                message.setField(field, value(field, dice, depth));
            }
        }
        return message.build();
    }

    private Object value(FieldDescriptor field, Dice dice, int depth) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            return message(field.getMessageType(), dice, depth + 1);
        }
        return dice.onceIn(ODD_ONCE_IN) ? odd(field, dice) : known(field, vocabulary, dice);
    }

    private static Object known(FieldDescriptor field, Vocabulary words, Dice dice) {
        return switch (field.getJavaType()) {
            case INT -> (int) words.number(field.getName(), dice);
            case LONG -> words.number(field.getName(), dice);
            case BOOLEAN -> dice.onceIn(2);
            case STRING -> words.text(field.getJsonName(), dice);
            case ENUM -> dice.of(field.getEnumType().getValues());
            case BYTE_STRING -> ByteString.copyFromUtf8(words.text(field.getJsonName(), dice));
            case MESSAGE, FLOAT, DOUBLE -> throw unknown(field);
        };
    }

    private static Object odd(FieldDescriptor field, Dice dice) {
        return switch (field.getJavaType()) {
            case INT -> dice.of(NUMBERS).intValue();
            case LONG -> dice.of(NUMBERS);
            case BOOLEAN -> dice.onceIn(2);
            case STRING -> text(dice);
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(99);
            case BYTE_STRING ->
                dice.onceIn(2) ? ByteString.copyFrom(dice.bytes(300)) : ByteString.copyFromUtf8(text(dice));
            case MESSAGE, FLOAT, DOUBLE -> throw unknown(field);
        };
    }

    private static FuzzFailure unknown(FieldDescriptor field) {
        return new FuzzFailure("No proto had this type so far: " + field);
    }

    private static long size(Object value) {
        return switch (value) {
            case DynamicMessage message -> message.getSerializedSize();
            case String text -> text.length();
            case ByteString bytes -> bytes.size();
            default -> 1;
        };
    }

    /** Protobuf itself refuses to write a lone surrogate. */
    private static String text(Dice dice) {
        return dice.onceIn(50) ? "x".repeat(500_000) : dice.of(BadText.TEXTS);
    }

    /** A field that nobody knows, or that the type has in another form. */
    private byte[] oddField(Dice dice) {
        List<FieldDescriptor> known = described.getInputType().getFields();
        int number = dice.onceIn(3)
                ? 1 + dice.below(WireFormatNumbers.LARGEST)
                : dice.of(known).getNumber();
        return switch (dice.below(6)) {
            case 0 -> field(number, WireFormat.WIRETYPE_VARINT, out -> out.writeUInt64NoTag(-1));
            case 1 ->
                field(number, WireFormat.WIRETYPE_VARINT, out -> out.writeRawBytes(WireFormatNumbers.ENDLESS_VARINT));
            case 2 -> field(number, WireFormat.WIRETYPE_FIXED64, out -> out.writeFixed64NoTag(dice.number()));
            case 3 ->
                field(
                        number,
                        WireFormat.WIRETYPE_LENGTH_DELIMITED,
                        out -> out.writeByteArrayNoTag(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0}));
            case 4 ->
                field(number, WireFormat.WIRETYPE_LENGTH_DELIMITED, out -> out.writeUInt32NoTag(Integer.MAX_VALUE));
            default -> field(number, WireFormat.WIRETYPE_START_GROUP, out -> {});
        };
    }

    private static final class WireFormatNumbers {
        static final int LARGEST = 536_870_911;
        static final byte[] ENDLESS_VARINT = "\u00ff".repeat(12).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @FunctionalInterface
    private interface Part {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] field(int number, int wireType, Part value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeTag(number, wireType);
            value.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Verdict call(byte[] request) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        try {
            List<byte[]> answers = new ArrayList<>();
            if (described.isServerStreaming()) {
                Iterator<byte[]> stream = ClientCalls.blockingServerStreamingCall(channel, method, options, request);
                stream.forEachRemaining(answers::add);
            } else {
                answers.add(ClientCalls.blockingUnaryCall(channel, method, options, request));
            }
            return asks() || onlyRefuses(answers) ? new Verdict.Harmless("OK") : new Verdict.Effective("OK");
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            String code = status.getCode().name();
            return CALLERS.contains(status.getCode()) || status.getCode() == Status.Code.UNKNOWN && !isMessage(request)
                    ? new Verdict.Harmless(code)
                    : new Verdict.Broken(code, code + ", for which the caller is not to blame: " + status);
        }
    }

    /**
     * Bytes that are no message of the type are refused by gRPC itself, before anything of a service is asked: UNKNOWN is
     * what it calls that, and no interceptor can say it better.
     */
    private boolean isMessage(byte[] bytes) {
        try {
            DynamicMessage.parseFrom(described.getInputType(), bytes);
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** Whether the method is a question by its name. */
    private boolean asks() {
        return described.getName().matches("Get|(Outbound)?Positions|Meet|Sent|Applied|HeldAnswers");
    }

    /** Business refusals are answers: an outcome, or each of many, is {@code refused}. */
    private boolean onlyRefuses(List<byte[]> answers) {
        try {
            for (byte[] answer : answers) {
                DynamicMessage message = DynamicMessage.parseFrom(described.getOutputType(), answer);
                FieldDescriptor many = described.getOutputType().findFieldByName("outcomes");
                List<?> outcomes = many == null ? List.of(message) : (List<?>) message.getField(many);
                if (outcomes.isEmpty() || !outcomes.stream().allMatch(GrpcEntry::refused)) {
                    return false;
                }
            }
            return true;
        } catch (InvalidProtocolBufferException e) {
            throw new FuzzFailure(name() + " answered no message of its type", e);
        }
    }

    private static boolean refused(Object outcome) {
        return outcome instanceof DynamicMessage message
                && message.getDescriptorForType().getOneofs().size() == 1
                && message.getAllFields().keySet().stream()
                        .allMatch(field -> field.getName().equals("refused"))
                && !message.getAllFields().isEmpty();
    }
}
