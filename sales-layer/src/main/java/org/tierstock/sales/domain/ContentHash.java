package org.tierstock.sales.domain;

/**
 * Tells two contents of one document number apart: FNV-1a, 64 bits, over the fields in order.
 *
 * <p>It guards against a number used twice by mistake, not against an attacker, who could only deceive himself.
 */
record ContentHash(long value) {
    /** The hash of nothing. */
    static final ContentHash NOTHING = new ContentHash(0xcbf29ce484222325L);

    private static final long PRIME = 0x100000001b3L;

    ContentHash text(String text) {
        long hash = value;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return new ContentHash(hash).number(text.length());
    }

    ContentHash number(long number) {
        long hash = value;
        for (int shift = 0; shift < 64; shift += 16) {
            hash = (hash ^ (number >>> shift & 0xffff)) * PRIME;
        }
        return new ContentHash(hash);
    }
}
