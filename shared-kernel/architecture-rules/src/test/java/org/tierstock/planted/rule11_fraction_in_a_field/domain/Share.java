package org.tierstock.planted.rule11_fraction_in_a_field.domain;

public record Share(double ratio) {}
