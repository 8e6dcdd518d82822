package org.tierstock.planted.rule02_runtime_knows_a_layer.runtime;

import org.tierstock.planted.clean.domain.Order;

public record OrderLog(Order order) {}
