package org.tierstock.planted.rule02_movements_know_a_service.movements;

import org.tierstock.planted.clean.domain.Order;

public record OrderedUnits(Order order) {}
