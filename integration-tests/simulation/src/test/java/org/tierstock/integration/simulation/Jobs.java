package org.tierstock.integration.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.OrderNumber;

/** The jobs of the layers, each now and then: they look for the rows that transactions have left for them. */
final class Jobs {
    /** More than any job has work for at the end of a history. */
    private static final int MOST_ROUNDS = 1_000;

    private final World world;
    private final List<OrderNumber> queue = new ArrayList<>();
    private int queueOf;

    Jobs(World world) {
        this.world = world;
    }

    /** What was found to be due waits in a queue before it is expired. A process that dies forgets its queue. */
    void expireLocks() {
        if (queueOf != world.sales.process.lives()) {
            queue.clear();
        }
        if (queue.isEmpty()) {
            queueOf = world.sales.process.lives();
            queue.addAll(world.sales.due(1 + world.chance().below(3)));
        } else {
            List<OrderNumber> due = List.copyOf(queue);
            queue.clear();
            world.say("expire " + due);
            world.sales.expire(due);
        }
    }

    void askCancels() {
        world.sales.askCancels(world.dispatchCancels, 1 + world.chance().below(3));
    }

    void placeFreeStock() {
        world.say("place free stock");
        world.dispatch.placeFreeStock(1 + world.chance().below(2));
    }

    void recallPromises() {
        world.say("recall for deficits");
        world.dispatch.recallPromises();
    }

    void alignPromises() {
        world.say("align promises");
        world.dispatch.alignPromises();
    }

    void endRefusals() {
        world.say("end refusals");
        world.dispatch.endRefusals();
    }

    /** For some while every job fails for one SKU. */
    void meetDefect() {
        Sku sku = world.chance().any(Goods.SKUS);
        Instant until = world.now().plusSeconds(world.chance().upTo(20));
        world.say("jobs fail for " + sku + " until " + until);
        world.dispatch.breakDown(sku, until);
    }

    void lockAtWarehouses() {
        world.say("lock at warehouses");
        world.dispatch.lockAt(world.warehouseLocks, 1 + world.chance().below(4));
    }

    void releaseAtWarehouses() {
        world.say("release at warehouses");
        world.dispatch.releaseAt(world.warehouseLocks, 1 + world.chance().below(4));
    }

    /** Lets every job run until it finds nothing more. */
    void runAll() {
        world.sales.expire(world.sales.due(Integer.MAX_VALUE));
        while (world.sales.askCancels(world.dispatchCancels, 100)) {
            world.say("cancels asked");
        }
        int rounds = 0;
        while (world.dispatch.placeFreeStock(10)
                | world.dispatch.recallPromises()
                | world.dispatch.alignPromises()
                | world.dispatch.endRefusals()
                | world.dispatch.lockAt(world.warehouseLocks, 100)
                | world.dispatch.releaseAt(world.warehouseLocks, 100)) {
            world.say("jobs ran");
            if (++rounds == MOST_ROUNDS) {
                throw new EquationBroken("Jobs come to an end", "but one finds more to do each time, and does nothing");
            }
        }
    }
}
