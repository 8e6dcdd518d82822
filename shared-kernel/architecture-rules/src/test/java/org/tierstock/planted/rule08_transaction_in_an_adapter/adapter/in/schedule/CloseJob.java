package org.tierstock.planted.rule08_transaction_in_an_adapter.adapter.in.schedule;

import jakarta.transaction.Transactional;

public class CloseJob {
    @Transactional
    public void run() {}
}
