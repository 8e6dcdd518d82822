package org.tierstock.planted.rule04_port_knows_a_use_case.application;

public class CloseOrders {}
