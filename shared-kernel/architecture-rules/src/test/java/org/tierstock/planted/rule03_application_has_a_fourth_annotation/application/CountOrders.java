package org.tierstock.planted.rule03_application_has_a_fourth_annotation.application;

import jakarta.inject.Singleton;

@Singleton
public class CountOrders {}
