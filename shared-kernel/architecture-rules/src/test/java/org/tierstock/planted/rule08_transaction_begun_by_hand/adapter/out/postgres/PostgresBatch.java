package org.tierstock.planted.rule08_transaction_begun_by_hand.adapter.out.postgres;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

public class PostgresBatch {
    public void begin(UserTransaction transaction) throws NotSupportedException, SystemException {
        transaction.begin();
    }
}
