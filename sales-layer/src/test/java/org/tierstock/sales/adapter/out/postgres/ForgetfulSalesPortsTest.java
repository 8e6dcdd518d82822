package org.tierstock.sales.adapter.out.postgres;

/** The contract where no stock key is remembered from one statement to the next: what is forgotten is read again. */
class ForgetfulSalesPortsTest extends PostgresSalesPortsTest {
    @Override
    long stockKeys() {
        return 0;
    }
}
