package org.tierstock.planted.rule04_port_knows_a_use_case.adapter.out.postgres;

import org.tierstock.planted.rule04_port_knows_a_use_case.application.port.Checkouts;

public abstract class PostgresCheckouts implements Checkouts {}
