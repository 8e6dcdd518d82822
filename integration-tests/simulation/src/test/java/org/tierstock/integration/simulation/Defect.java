package org.tierstock.integration.simulation;

import org.tierstock.movements.Sku;

/** No job can do its work for this SKU: something about it throws, as goods did whose shares were too large to divide. */
final class Defect extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Defect(Sku sku) {
        super(sku.code() + " has a defect", null, false, false);
    }
}
