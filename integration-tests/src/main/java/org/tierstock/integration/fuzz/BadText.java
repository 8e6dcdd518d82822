package org.tierstock.integration.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What is wrong in some way, in the forms in which it is sent. */
final class BadText {
    /** As large as no entry reads: characters. */
    static final int HUGE = 10_000_000;

    private static final int LONG = 200_001;

    /** JSON in place of a value; some of it is none. */
    static final List<String> VALUES = List.of(
            "-1",
            "0",
            "-0",
            "1.5",
            "1.",
            ".5",
            "01",
            "+1",
            "0x10",
            "1e3",
            "1e400",
            "-1e400",
            "1e-400",
            "NaN",
            "Infinity",
            "-Infinity",
            "1000000001",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "9".repeat(60),
            "9".repeat(400),
            "true",
            "false",
            "null",
            "undefined",
            "'x'",
            "\"",
            "\"1\"",
            "\"\"",
            "\" \"",
            "\"a/b\"",
            "\"a:b:c\"",
            "\"~\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\ufeff\\u200b\"",
            "\"\\ud83d\\ude00\"",
            "\"\u5e93\u5b58\"",
            "\"\\uffff\"",
            "\"\\x41\"",
            "\"\t\n\"",
            "\"2026-02-30T25:61:00Z\"",
            "\"'; DROP TABLE stock; --\"",
            "\"../../../etc/passwd\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"%00\"",
            "\"ORDER_TIME \"",
            "{}",
            "[]",
            "[[]]",
            "[{}]",
            "[null]",
            "{\"a\":1,\"a\":2}",
            "{\"@class\":\"java.lang.Object\"}",
            "1 2",
            "/* */ 1",
            "\"" + "x".repeat(129) + "\"",
            "\"" + "x".repeat(LONG) + "\"");

    /** Text in a path, a query or a property. */
    static final List<String> TEXTS = List.of(
            "",
            " ",
            ".",
            "..",
            "a/b",
            "a:b",
            ":",
            "::",
            "~",
            "~1",
            "-1",
            "0",
            "1.5",
            "NaN",
            "null",
            "9223372036854775807",
            "9223372036854775808",
            "9".repeat(400),
            "\u0000",
            "a\u0000b",
            "\ud83d\ude00",
            "\u202e",
            "\u5e93\u5b58",
            "\uffff",
            "%",
            "%00",
            "%zz",
            "+",
            "&",
            "=",
            "#",
            "?",
            "\r\n",
            "'; DROP TABLE stock; --",
            "../../../etc/passwd",
            "2026-02-30T25:61:00Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "x".repeat(129),
            "x".repeat(5_000));

    private static final List<byte[]> BYTES = List.of(
            new byte[] {0},
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            bytes("\""),
            bytes("{"),
            bytes("}"),
            bytes("]"),
            bytes(","),
            bytes(":"),
            bytes("\\"),
            bytes("\\u"));

    private BadText() {}

    /** Arrays or objects in each other, closed or not. */
    static String nested(Dice dice) {
        int depth = dice.of(List.of(10, 33, 100, 2_000, 50_000));
        String open = dice.onceIn(2) ? "[" : "{\"a\":";
        return dice.onceIn(2)
                ? open.repeat(depth)
                : open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth);
    }

    /** A string that no entry reads. */
    static String huge() {
        return '"' + "x".repeat(HUGE) + '"';
    }

    /** The same bytes, damaged in one to three places. */
    static byte[] damaged(byte[] good, Dice dice) {
        byte[] bytes = good;
        for (int i = dice.below(3); i >= 0; i--) {
            int at = dice.below(bytes.length + 1);
            switch (dice.below(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = joined(Arrays.copyOf(bytes, at), dice.of(BYTES), tail(bytes, at));
                case 2 -> bytes = joined(bytes, tail(bytes, at));
                default -> {
                    if (at < bytes.length) {
                        bytes = bytes.clone();
                        bytes[at] ^= (byte) (1 << dice.below(Byte.SIZE));
                    }
                }
            }
        }
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The beginning of a body, in letters that a terminal shows. */
    static String shown(byte[] body) {
        int most = Math.min(body.length, 400);
        StringBuilder text = new StringBuilder(most);
        for (int i = 0; i < most; i++) {
            char c = (char) (body[i] & 0xff);
            text.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return body.length > most ? text + "... (" + body.length + " bytes)" : text.toString();
    }
}
