package org.tierstock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** Rule 14: a rule that finds nothing to look at proves nothing. */
final class PresenceRule {
    private final House house;
    private final Set<Technology> absent;
    private final List<HouseRule> others;

    PresenceRule(House house, Set<Technology> absent, List<HouseRule> others) {
        this.house = house;
        this.absent = absent;
        this.others = others;
    }

    HouseRule rule() {
        return new HouseRule(
                14,
                "No rule matches nothing, unless the service declares that absence",
                List.of(),
                List.of(all(theWhole()).should(findWhatTheRulesAreAbout())));
    }

    private static AbstractClassesTransformer<JavaClasses> theWhole() {
        return new AbstractClassesTransformer<>("the service") {
            @Override
            public Iterable<JavaClasses> doTransform(JavaClasses classes) {
                return List.of(classes);
            }
        };
    }

    private ArchCondition<JavaClasses> findWhatTheRulesAreAbout() {
        return new ArchCondition<>("hold what the rules are about") {
            @Override
            public void check(JavaClasses classes, ConditionEvents events) {
                for (HouseRule rule : others) {
                    for (DescribedPredicate<JavaClass> subject : rule.subjects()) {
                        if (classes.that(subject).isEmpty()) {
                            events.add(SimpleConditionEvent.violated(
                                    rule,
                                    "Rule " + rule.number() + " matches nothing: there are no "
                                            + subject.getDescription()));
                        }
                    }
                }
                for (Technology technology : absent) {
                    classes.that(house.home(technology)).stream()
                            .map(type -> SimpleConditionEvent.violated(
                                    type, technology + " is declared absent, but there is " + type.getName()))
                            .forEach(events::add);
                }
            }
        };
    }
}
