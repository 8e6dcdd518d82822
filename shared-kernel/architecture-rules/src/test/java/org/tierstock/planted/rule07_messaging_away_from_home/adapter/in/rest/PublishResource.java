package org.tierstock.planted.rule07_messaging_away_from_home.adapter.in.rest;

import org.eclipse.microprofile.reactive.messaging.Emitter;

public class PublishResource {
    public void publish(Emitter<String> emitter) {
        emitter.send("order");
    }
}
