package org.tierstock.planted.rule09_emitter_in_a_transaction.application;

import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Emitter;

public class AnnounceOrders {
    @Transactional
    public void announce(Emitter<String> emitter) {
        emitter.send("order");
    }
}
