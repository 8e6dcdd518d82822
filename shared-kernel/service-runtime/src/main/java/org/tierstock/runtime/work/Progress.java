package org.tierstock.runtime.work;

/** What a piece of work came to. */
public enum Progress {
    /** Nothing could be done now: others hold what it needs, or have done it. */
    NONE,
    /** It is done. */
    DONE,
    /** Some of it is done, and more of the same can be done at once. */
    MORE
}
