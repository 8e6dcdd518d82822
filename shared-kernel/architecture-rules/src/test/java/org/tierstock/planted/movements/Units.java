package org.tierstock.planted.movements;

/** Stands in for the kernel. */
public record Units(long count) {}
