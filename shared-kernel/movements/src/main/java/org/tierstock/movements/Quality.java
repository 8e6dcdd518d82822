package org.tierstock.movements;

/** 库存状态 (S7, S10, S21): what condition goods are in. Part of every key. */
public enum Quality {
    /** 正品. */
    NORMAL,
    /** 近效期. */
    NEAR_EXPIRY,
    /** 残次品. */
    DEFECTIVE;

    /**
     * The quality of that name; NORMAL for null or empty.
     *
     * @throws InvalidValue for any other text
     */
    public static Quality named(String name) {
        if (name == null || name.isEmpty()) {
            return NORMAL;
        }
        for (Quality quality : values()) {
            if (quality.name().equals(name)) {
                return quality;
            }
        }
        throw new InvalidValue("quality", "must be NORMAL, NEAR_EXPIRY or DEFECTIVE");
    }
}
