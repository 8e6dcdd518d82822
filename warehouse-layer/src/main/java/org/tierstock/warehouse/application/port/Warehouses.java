package org.tierstock.warehouse.application.port;

import org.tierstock.warehouse.domain.Warehouse;

/** The warehouses as master records. */
public interface Warehouses extends MasterRegister<Warehouse> {}
