package org.tierstock.warehouse.application.port;

import org.tierstock.warehouse.domain.Owner;

/** The owners as master records. */
public interface Owners extends MasterRegister<Owner> {}
