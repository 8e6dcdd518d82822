package org.tierstock.runtime.sql;

/** A statement has failed since the month that its rows belong to has no partition yet. */
public record MonthMissing() {}
