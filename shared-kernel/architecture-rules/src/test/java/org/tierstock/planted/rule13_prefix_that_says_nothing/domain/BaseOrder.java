package org.tierstock.planted.rule13_prefix_that_says_nothing.domain;

public record BaseOrder(String number) {}
