package org.tierstock.runtime.probe;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.tierstock.runtime.adjust.Adjuster;

/** Adjusts the probe's stock. */
@Singleton
public class ProbeAdjuster implements Adjuster {
    /** The scope of which nothing is adjusted. */
    public static final String OF_CALLS = "of calls";

    private final Books books;
    private Runnable beforeTheLock = () -> {};

    @Inject
    public ProbeAdjuster(Books books) {
        this.books = books;
    }

    /** Somebody else is quicker than the next lock. */
    public void beforeTheLock(Runnable action) {
        beforeTheLock = action;
    }

    @Override
    public boolean adjusts(String scope) {
        return !scope.equals(OF_CALLS);
    }

    @Override
    public Outcome adjust(String key, long quantity, String number, BooleanSupplier unmoved) {
        beforeTheLock.run();
        if (!unmoved.getAsBoolean()) {
            return Outcome.MOVED;
        }
        return books.adjust(key, quantity, number) ? Outcome.BOOKED : Outcome.NOT_ENOUGH;
    }
}
