package org.tierstock.planted.rule12_chance_in_the_domain.domain;

import java.util.Random;

public record Lottery(int tickets) {
    public int draw() {
        return new Random(tickets).nextInt();
    }
}
