package org.tierstock.runtime.work;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who does not answer, as one work has found. Who was silent last time need not be waited for, and who is silent again while
 * others answer is left alone: twice as long each time, up to a bound, until they answer. When nobody answers, it is rather
 * the way to all of them that is closed, and nobody is left alone for longer.
 *
 * <p>Not for several threads.
 */
public final class Silences {
    private static final long NANOS = 1_000_000_000;

    /**
     * A silence.
     *
     * @param seconds for how long who is silent was last to be left alone
     * @param until left alone until then
     * @param heard how many answers there had been of all
     */
    private record Silence(long seconds, long until, long heard) {}

    private final LongSupplier nanoTime;
    private final Map<String, Silence> silences = new HashMap<>();
    private long heard;

    public Silences() {
        this(System::nanoTime);
    }

    Silences(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** True when they have been asked and have not answered since. */
    public boolean isSilent(String whom) {
        return silences.containsKey(whom);
    }

    /** True while they should not be asked. */
    public boolean isLeftAlone(String whom) {
        Silence silence = silences.get(whom);
        return silence != null && nanoTime.getAsLong() - silence.until() < 0;
    }

    /** They have answered. */
    public void answered(String whom) {
        silences.remove(whom);
        heard++;
    }

    /**
     * They have not answered.
     *
     * @param first seconds that double; the caller leaves them alone for as long at their first silence
     * @param longest the most seconds that they are left alone
     * @return true when it is a silence of theirs: others have answered since they were silent last
     */
    public boolean unanswered(String whom, int first, int longest) {
        long now = nanoTime.getAsLong();
        Silence before = silences.get(whom);
        if (before == null || before.heard() == heard) {
            silences.put(whom, new Silence(before == null ? first : before.seconds(), now, heard));
            return false;
        }
        long seconds = Math.min(2 * before.seconds(), Math.max(first, longest));
        silences.put(whom, new Silence(seconds, now + seconds * NANOS, heard));
        return true;
    }
}
