package org.tierstock.runtime.adjust;

/**
 * A movement of a key's stock at this layer.
 *
 * @param number its number in the ledger; those of one stock row are in the order in which they were made
 * @param documentKind of the document that is its reason
 * @param documentNumber of that document
 */
record KeyMovement(long number, String documentKind, String documentNumber) {}
