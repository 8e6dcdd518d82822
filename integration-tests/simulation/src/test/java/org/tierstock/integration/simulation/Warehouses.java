package org.tierstock.integration.simulation;

import org.tierstock.warehouse.application.Floor;

/** The warehouse layer: its real use cases, in the process that it has now. */
final class Warehouses {
    final WarehousePorts ports;
    final Process process;

    private Floor floor;

    Warehouses(WarehousePorts ports) {
        this.ports = ports;
        this.process = ports.process;
        process.startWith(() -> floor = new Floor(ports));
    }

    Floor floor() {
        return floor;
    }
}
