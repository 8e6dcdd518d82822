package org.tierstock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a transaction begins and what it may not reach: rules 8 and 9. */
final class TransactionRules {
    private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";

    private final House house;
    private final Set<Technology> absent;

    TransactionRules(House house, Set<Technology> absent) {
        this.house = house;
        this.absent = absent;
    }

    List<HouseRule> all() {
        return List.of(transactionsBeginInUseCases(), nothingRemoteInsideATransaction());
    }

    private HouseRule transactionsBeginInUseCases() {
        return new HouseRule(
                8,
                "@Transactional stands on public methods of use cases and nowhere else",
                List.of(transactionalClasses()),
                List.of(
                        methods()
                                .that()
                                .areDeclaredInClassesThat(house.everything())
                                .and()
                                .areAnnotatedWith(TRANSACTIONAL)
                                .should()
                                .bePublic()
                                .andShould()
                                .beDeclaredInClassesThat(house.useCases()),
                        noClasses().that(house.everything()).should().beAnnotatedWith(TRANSACTIONAL),
                        // A transaction begun by hand would be a second place where transactions begin.
                        noClasses()
                                .that(house.everything())
                                .should()
                                .dependOnClassesThat(House.named(
                                                "jakarta.transaction.UserTransaction",
                                                "jakarta.transaction.TransactionManager")
                                        .or(resideInAPackage("io.quarkus.narayana..")))));
    }

    private HouseRule nothingRemoteInsideATransaction() {
        List<DescribedPredicate<JavaClass>> subjects =
                new ArrayList<>(List.of(transactionalClasses(), house.runtimeRemotes()));
        if (!absent.contains(Technology.OUTGOING_GRPC)) {
            subjects.add(house.home(Technology.OUTGOING_GRPC));
        }
        return new HouseRule(
                9,
                "No transactional class depends on a remote port or an emitter, nor by way of another use case",
                subjects,
                List.of(classes().that(transactionalClasses()).should(reachNothingRemote())));
    }

    private DescribedPredicate<JavaClass> transactionalClasses() {
        return house.application()
                .and(describe(
                        "transactional",
                        type -> type.isAnnotatedWith(TRANSACTIONAL)
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.isAnnotatedWith(TRANSACTIONAL))))
                .as("transactional classes");
    }

    private ArchCondition<JavaClass> reachNothingRemote() {
        return new ArchCondition<>("reach nothing remote") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<JavaClass> seen = new HashSet<>(Set.of(type));
                Deque<JavaClass> waiting = new ArrayDeque<>(seen);
                while (!waiting.isEmpty()) {
                    for (Dependency dependency : waiting.remove().getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass().getBaseComponentType();
                        if (house.remotes().test(target)) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    type.getName() + " reaches " + target.getName() + ": "
                                            + dependency.getDescription()));
                        } else if (house.useCases().test(target) && seen.add(target)) {
                            waiting.add(target);
                        }
                    }
                }
            }
        };
    }
}
