package org.tierstock.planted.rule11_open_type.domain;

public class Tariff {}
