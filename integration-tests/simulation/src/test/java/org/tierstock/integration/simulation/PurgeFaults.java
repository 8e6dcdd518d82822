package org.tierstock.integration.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.purge.RevocationProof;
import org.tierstock.warehouse.application.port.Outbounds;

/** Layers that purge what they still need, or do not know that they have purged it. */
final class PurgeFaults {
    private static final int KEPT = 10;

    private PurgeFaults() {}

    static List<Planted> all() {
        return List.of(
                new Planted("purge_mark", "inbox rows go by age, and a number is known by its row", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            private final Inbox byAge = Inboxes.keptForAWhile(inbox, transactions, KEPT);

                            @Override
                            public Inbox inbox() {
                                return byAge;
                            }
                        };
                    }
                }),
                new Planted(
                        "purge_ack", "outbox rows go up to the head, not to what was released", with(new PurgeRules() {
                            @Override
                            long sent(long released, long head) {
                                return head;
                            }
                        })),
                new Planted(
                        "purge_low",
                        "a lock of an outbound that was purged is not stale",
                        new Parts() {
                            @Override
                            WarehousePorts warehouse(Fate fate) {
                                return new WarehousePorts(fate) {
                                    @Override
                                    public Outbounds outbounds() {
                                        return new NothingStale(outbounds);
                                    }
                                };
                            }
                        },
                        DirectedHistories::lockAskedAfterItWasPurged),
                new Planted(
                        "purge_revkey",
                        "the key of a revocation goes when its settlement is applied",
                        with(new PurgeRules() {
                            @Override
                            boolean keyMayGo(long settlement, long released, RevocationProof proof) {
                                return settlement <= released;
                            }
                        })),
                new Planted("cut_floor", "a position is stated at a cut below the floor", with(new PurgeRules() {
                    @Override
                    boolean refusesOldCuts() {
                        return false;
                    }
                })),
                new Planted("purge_backup", "a layer releases what its oldest backup needs", with(new PurgeRules() {
                    @Override
                    long told(long position, List<Long> backups) {
                        return position;
                    }
                })));
    }

    private static Parts with(PurgeRules rules) {
        return new Parts() {
            @Override
            PurgeRules purgeRules() {
                return rules;
            }
        };
    }

    /** Forgets up to which number all outbounds are finished. */
    private static final class NothingStale extends WarehouseFaults.Orders {
        NothingStale(Outbounds outbounds) {
            super(outbounds);
        }

        @Override
        public Map<String, Long> lows(Collection<String> warehouses) {
            return Map.of();
        }
    }
}
