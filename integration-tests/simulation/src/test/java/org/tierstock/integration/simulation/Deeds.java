package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;

/** Everything that may happen, each as often as its weight. */
final class Deeds {
    private record Deed(int upTo, Runnable deed) {}

    final Customers customers;
    final WarehouseStaff staff;
    final Planners planners;
    final Carriers carriers;
    final Receivers receivers;
    final Jobs jobs;
    final Auditors auditors;
    final Purgers purgers;

    private final List<Deed> deeds = new ArrayList<>();
    private int weights;

    Deeds(World world) {
        customers = new Customers(world);
        staff = new WarehouseStaff(world);
        planners = new Planners(world);
        carriers = new Carriers(world);
        receivers = new Receivers(world);
        jobs = new Jobs(world);
        purgers = new Purgers(world);
        auditors = new Auditors(world, purgers);
        add(17, customers::place);
        add(14, customers::pay);
        add(7, customers::cancel);
        add(3, customers::askAgain);
        add(10, staff::receive);
        add(6, staff::pick);
        add(6, staff::ship);
        add(7, staff::count);
        add(2, staff::loseAll);
        add(2, staff::postAgain);
        add(1, planners::grantByHand);
        add(2, planners::revokeByHand);
        add(1, planners::issueRevocationAgain);
        add(2, planners::closeShortage);
        add(1, planners::changeRules);
        add(1, planners::changeChannel);
        add(30, carriers::bring);
        add(9, carriers::handOver);
        add(1, carriers::park);
        add(1, carriers::forget);
        add(6, receivers::tell);
        add(4, world.calls::arriveLate);
        add(8, jobs::expireLocks);
        add(5, jobs::askCancels);
        add(7, jobs::placeFreeStock);
        add(3, jobs::recallPromises);
        add(2, jobs::alignPromises);
        add(3, jobs::endRefusals);
        add(1, jobs::meetDefect);
        add(9, jobs::lockAtWarehouses);
        add(5, jobs::releaseAtWarehouses);
        add(4, auditors::reconcile);
        add(7, purgers::tell);
        add(7, purgers::purge);
        add(1, purgers::backUp);
    }

    private void add(int weight, Runnable deed) {
        weights += weight;
        deeds.add(new Deed(weights, deed));
    }

    /** Does one of them. */
    void any(Chance chance) {
        int thrown = chance.below(weights);
        for (Deed deed : deeds) {
            if (thrown < deed.upTo()) {
                deed.deed().run();
                return;
            }
        }
    }
}
