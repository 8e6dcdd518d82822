package org.tierstock.planted.rule04_a_fifth_place.orders;

public class OrderShelf {}
