package org.tierstock.planted.rule13_name_that_says_nothing.adapter.in.rest;

public class OrderHelper {}
