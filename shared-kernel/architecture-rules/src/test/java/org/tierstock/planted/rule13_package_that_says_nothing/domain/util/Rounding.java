package org.tierstock.planted.rule13_package_that_says_nothing.domain.util;

public record Rounding(long units) {}
