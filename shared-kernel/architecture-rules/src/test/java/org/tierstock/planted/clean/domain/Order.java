package org.tierstock.planted.clean.domain;

import org.tierstock.planted.movements.Units;

public record Order(String number, Units units) {}
