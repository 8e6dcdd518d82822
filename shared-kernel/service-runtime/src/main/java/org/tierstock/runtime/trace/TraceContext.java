package org.tierstock.runtime.trace;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * A W3C trace context: which request, whoever handles a part of it, this work belongs to.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits: this service's part
 * @param sampled whether the caller records the trace
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    /** The header, metadata key and message property that carry it. */
    public static final String HEADER = "traceparent";

    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";
    private static final String SAMPLED = "sampled";
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

    /** The context of what runs now; a new one when there is none. */
    public static TraceContext current() {
        return MDC.get(TRACE_ID) instanceof String traceId && MDC.get(SPAN_ID) instanceof String spanId
                ? new TraceContext(traceId, spanId, "1".equals(MDC.get(SAMPLED)))
                : fresh();
    }

    /** A new trace. */
    public static TraceContext fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new TraceContext(hex(random.nextLong()) + hex(nonZero(random)), hex(nonZero(random)), false);
    }

    /**
     * This service's part of the caller's trace.
     *
     * @param traceParent a {@code traceparent} header; a new trace is made when it is null or none
     */
    public static TraceContext continuing(String traceParent) {
        if (traceParent == null) {
            return fresh();
        }
        Matcher matcher = FORM.matcher(traceParent);
        if (!matcher.matches() || matcher.group(1).equals("00") && matcher.group(4) != null) {
            return fresh();
        }
        boolean sampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
        return new TraceContext(matcher.group(2), hex(nonZero(ThreadLocalRandom.current())), sampled);
    }

    /** Does work with this context as the current one, in the log as well, and restores what was current before. */
    public void run(Runnable work) {
        Object traceBefore = MDC.get(TRACE_ID);
        Object spanBefore = MDC.get(SPAN_ID);
        Object sampledBefore = MDC.get(SAMPLED);
        enter();
        try {
            work.run();
        } finally {
            restore(TRACE_ID, traceBefore);
            restore(SPAN_ID, spanBefore);
            restore(SAMPLED, sampledBefore);
        }
    }

    /** Makes this the current context of the request that runs now; it ends with the request. */
    void enter() {
        MDC.put(TRACE_ID, traceId);
        MDC.put(SPAN_ID, spanId);
        MDC.put(SAMPLED, sampled ? "1" : "0");
    }

    private static void restore(String key, Object before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }

    /** The {@code traceparent} to hand on. */
    public String traceParent() {
        return "00-" + traceId + '-' + spanId + (sampled ? "-01" : "-00");
    }

    private static long nonZero(ThreadLocalRandom random) {
        long value;
        do {
            value = random.nextLong();
        } while (value == 0);
        return value;
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
