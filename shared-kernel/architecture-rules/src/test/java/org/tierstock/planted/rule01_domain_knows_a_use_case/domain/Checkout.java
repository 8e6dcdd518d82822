package org.tierstock.planted.rule01_domain_knows_a_use_case.domain;

import org.tierstock.planted.clean.application.PlaceOrders;

public record Checkout(PlaceOrders placeOrders) {}
