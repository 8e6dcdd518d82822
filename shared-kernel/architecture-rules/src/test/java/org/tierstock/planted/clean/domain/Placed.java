package org.tierstock.planted.clean.domain;

public sealed interface Placed {
    record Accepted(Order order) implements Placed {}

    record Refused(String reason) implements Placed {}
}
