package org.tierstock.planted.rule08_transaction_on_a_class.application;

import jakarta.transaction.Transactional;

@Transactional
public class ReturnOrders {}
