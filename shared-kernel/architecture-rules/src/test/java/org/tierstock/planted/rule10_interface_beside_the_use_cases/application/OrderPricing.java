package org.tierstock.planted.rule10_interface_beside_the_use_cases.application;

public interface OrderPricing {
    long cents();
}
