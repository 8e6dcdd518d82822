package org.tierstock.sales.domain;

import java.util.Objects;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/**
 * A sales channel (渠道) and the defaults of its orders.
 *
 * @param stockSource the channel whose stock it sells from; several channels may share one (一仓多店, S74)
 * @param holdSeconds how long an unpaid order keeps its lock, in seconds; 0: for ever
 * @param shipRegion the default ship region; empty when every order must name one
 */
public record Channel(
        String code,
        String name,
        String stockSource,
        DeductionMode deductionMode,
        long holdSeconds,
        String deliveryMethod,
        String shipRegion) {
    /** How long a pre-hold lasts when nobody says otherwise: 15 minutes. */
    public static final long DEFAULT_PRE_HOLD_SECONDS = 900;

    /** The longest hold: a year and a day. */
    public static final long MAX_HOLD_SECONDS = 366 * 86_400L;

    /** The longest channel code. Shorter than other codes, since document numbers begin with it. */
    public static final int MAX_CODE_LENGTH = 32;

    public Channel {
        Code.of("channel", code);
        if (code.length() > MAX_CODE_LENGTH) {
            throw new InvalidValue("channel", "is longer than " + MAX_CODE_LENGTH + " characters");
        }
        Code.opaque("name", name);
        Code.of("stockSource", stockSource);
        Objects.requireNonNull(deductionMode, "deductionMode");
        boundedHold(holdSeconds);
        Code.of("deliveryMethod", deliveryMethod);
        if (!shipRegion.isEmpty()) {
            Code.of("shipRegion", shipRegion);
        }
    }

    /**
     * The hold itself, when it is from 0 to {@link #MAX_HOLD_SECONDS}.
     *
     * @throws InvalidValue otherwise
     */
    public static long boundedHold(long holdSeconds) {
        if (holdSeconds < 0 || holdSeconds > MAX_HOLD_SECONDS) {
            throw new InvalidValue("holdSeconds", "must be from 0 to " + MAX_HOLD_SECONDS);
        }
        return holdSeconds;
    }

    /**
     * How long an order of that mode keeps its lock unpaid, in seconds; 0: for ever.
     *
     * @param asked what the order itself says; 0 for nothing
     */
    public long holdSeconds(DeductionMode mode, long asked) {
        if (asked > 0) {
            return asked;
        }
        if (mode == deductionMode && holdSeconds > 0) {
            return holdSeconds;
        }
        return mode == DeductionMode.PRE_HOLD ? DEFAULT_PRE_HOLD_SECONDS : 0;
    }
}
