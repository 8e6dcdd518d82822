package org.tierstock.movements;

/**
 * What tells another layer of a movement, or has brought it from there. The messages of
 * {@code org.tierstock.movements.protocol} are the notices that exist; a book only needs to know which one a movement
 * belongs to.
 */
public interface Notice {}
