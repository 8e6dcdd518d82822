package org.tierstock.planted.rule13_packages_in_a_cycle.domain.hen;

import org.tierstock.planted.rule13_packages_in_a_cycle.domain.egg.Egg;

public record Hen(Egg from) {}
