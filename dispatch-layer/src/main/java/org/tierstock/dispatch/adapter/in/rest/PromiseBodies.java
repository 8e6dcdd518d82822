package org.tierstock.dispatch.adapter.in.rest;

import org.tierstock.dispatch.application.GrantStock.Grant;
import org.tierstock.dispatch.application.RevokeStock.Revoke;
import org.tierstock.dispatch.application.port.HandGrants.HandGrant;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;

/** The JSON of grants and revocations. Quantities are whole units. */
final class PromiseBodies {
    private PromiseBodies() {}

    /** A channel key; without a quality, NORMAL. */
    record KeyBody(String channel, String deliveryMethod, String quality, String shipRegion, String sku) {
        static KeyBody of(ChannelKey key) {
            return new KeyBody(
                    key.channel(),
                    key.deliveryMethod(),
                    key.quality().name(),
                    key.shipRegion(),
                    key.sku().code());
        }

        ChannelKey key() {
            return new ChannelKey(channel, deliveryMethod, Quality.named(quality), shipRegion, new Sku(sku));
        }
    }

    /** A cell; without a quality, NORMAL. */
    record CellBody(String node, String virtualWarehouse, String owner, String quality, String sku) {
        static CellBody of(Cell cell) {
            return new CellBody(
                    cell.node().node(),
                    cell.node().virtualWarehouse(),
                    cell.node().owner(),
                    cell.node().quality().name(),
                    cell.sku().code());
        }

        Cell cell() {
            return new Cell(new NodeKey(node, virtualWarehouse, owner, Quality.named(quality)), new Sku(sku));
        }
    }

    /** A promise that a person wants to make. */
    record GrantRequest(String grantNumber, CellBody cell, KeyBody key, Long quantity) {
        Grant command() {
            return new Grant(
                    grantNumber,
                    Bodies.present("cell", cell).cell(),
                    Bodies.present("key", key).key(),
                    Bodies.present("quantity", quantity));
        }
    }

    /**
     * A promise that a person made.
     *
     * @param grant the number that sales knows it by
     */
    record GrantBody(String grantNumber, String grant, CellBody cell, KeyBody key, long quantity) {
        static GrantBody of(HandGrant grant) {
            return new GrantBody(
                    grant.number(),
                    grant.grant(),
                    CellBody.of(grant.cell()),
                    KeyBody.of(grant.key()),
                    grant.quantity());
        }
    }

    /**
     * A promise that a person wants back.
     *
     * @param node the node whose stock should come free; null for any
     */
    record RevocationRequest(String revocationNumber, KeyBody key, Long quantity, String node) {
        Revoke command() {
            return new Revoke(
                    revocationNumber,
                    Bodies.present("key", key).key(),
                    Bodies.present("quantity", quantity),
                    Bodies.orEmpty(node));
        }
    }

    /**
     * A promise asked back.
     *
     * @param revocation the number that sales knows it by
     * @param taken what sales gave back; absent while it has not answered
     */
    record RevocationBody(
            String revocationNumber, String revocation, KeyBody key, long quantity, String node, Long taken) {
        static RevocationBody of(String number, Revocation revocation) {
            return new RevocationBody(
                    number,
                    revocation.number(),
                    KeyBody.of(revocation.key()),
                    revocation.asked(),
                    revocation.node().isEmpty() ? null : revocation.node(),
                    revocation.taken());
        }
    }
}
