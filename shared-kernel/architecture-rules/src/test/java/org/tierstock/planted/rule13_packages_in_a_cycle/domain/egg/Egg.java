package org.tierstock.planted.rule13_packages_in_a_cycle.domain.egg;

import org.tierstock.planted.rule13_packages_in_a_cycle.domain.hen.Hen;

public record Egg(Hen from) {}
