package org.tierstock.movements;

/** The buckets of a small layer. */
enum Shelf implements Bucket {
    HERE,
    PROMISED,
    MISSING {
        @Override
        public boolean contra() {
            return true;
        }
    },
    EXTERNAL {
        @Override
        public boolean edge() {
            return true;
        }
    }
}
