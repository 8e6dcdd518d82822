package org.tierstock.runtime.work;

/** What a piece of work came to. One that cannot be done throws. */
public enum Progress {
    /** Nothing was to be done now, or others hold what it needs. It does not show that the work can be done. */
    NONE,
    /** It is done. */
    DONE,
    /** Some of it is done, and more of the same can be done at once. */
    MORE
}
