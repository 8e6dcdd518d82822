package org.tierstock.dispatch;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tierstock.architecture.HouseRules;

class HouseRulesTest {
    @TestFactory
    Stream<DynamicTest> the_house_rules_hold() {
        return HouseRules.forService("org.tierstock.dispatch").check();
    }
}
