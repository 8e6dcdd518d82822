package org.tierstock.planted.runtime;

/** Stands in for the runtime's mark of a reading port. */
public @interface QueryPort {}
