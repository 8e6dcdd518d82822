package org.tierstock.warehouse;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tierstock.architecture.HouseRules;
import org.tierstock.architecture.Technology;

class HouseRulesTest {
    @TestFactory
    Stream<DynamicTest> the_house_rules_hold() {
        return HouseRules.forService("org.tierstock.warehouse")
                .absent(Technology.OUTGOING_GRPC, Technology.INCOMING_AMQP, Technology.SCHEDULE)
                .check();
    }
}
