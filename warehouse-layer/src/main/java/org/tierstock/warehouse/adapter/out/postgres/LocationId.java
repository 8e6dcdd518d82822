package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.Embeddable;

/** What a location is known by. */
@Embeddable
record LocationId(String warehouse, String code) {}
