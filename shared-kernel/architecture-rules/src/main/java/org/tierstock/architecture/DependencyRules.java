package org.tierstock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may know whom: rules 1 to 7. */
final class DependencyRules {
    private static final String ROOT = "org.tierstock..";

    private final House house;
    private final Set<Technology> absent;

    DependencyRules(House house, Set<Technology> absent) {
        this.house = house;
        this.absent = absent;
    }

    List<HouseRule> all() {
        return List.of(
                domainKnowsOnlyValues(),
                kernelKnowsNoService(),
                applicationKnowsOnlyItsPorts(),
                nothingInsidePointsOutward(),
                adaptersDoNotKnowEachOther(),
                drivingAdaptersCallUseCases(),
                technologiesStayAtHome());
    }

    private HouseRule domainKnowsOnlyValues() {
        return new HouseRule(
                1,
                "The domain depends on java.lang, java.util, java.time, java.math, movements and itself",
                List.of(house.domain()),
                List.of(classes()
                        .that(house.domain())
                        .should(onlyDependOnClassesThat(
                                House.anyOf(List.of(House.language(), house.movementsClasses(), house.domain()))))));
    }

    private HouseRule kernelKnowsNoService() {
        return new HouseRule(
                2,
                "Movements depends on the language and itself; service-runtime on no layer",
                List.of(house.movementsClasses(), house.runtimeClasses()),
                List.of(
                        classes()
                                .that(house.movementsClasses())
                                .should(onlyDependOnClassesThat(House.anyOf(List.of(
                                        House.language(),
                                        // The partition of a SKU is a hash of its UTF-8 bytes.
                                        House.named("java.nio.charset.StandardCharsets", "java.nio.charset.Charset"),
                                        house.movementsClasses())))),
                        classes()
                                .that(house.runtimeClasses())
                                .should(onlyDependOnClassesThat(House.anyOf(List.of(
                                        not(resideInAPackage(ROOT)),
                                        resideInAPackage("org.tierstock.protocol.v1.."),
                                        house.movementsClasses(),
                                        house.runtimeClasses()))))));
    }

    private HouseRule applicationKnowsOnlyItsPorts() {
        return new HouseRule(
                3,
                "The application depends on the language, the domain, its ports, movements, the runtime's API"
                        + " and three annotations",
                List.of(house.application()),
                List.of(classes()
                        .that(house.application())
                        .should(onlyDependOnClassesThat(House.anyOf(List.of(
                                House.language(),
                                house.application(),
                                house.domain(),
                                house.movementsClasses(),
                                house.runtimeApi(),
                                House.applicationAnnotations()))))));
    }

    private HouseRule nothingInsidePointsOutward() {
        return new HouseRule(
                4,
                "Nothing inside points outward: adapters know the application, use cases the ports, all the domain",
                List.of(house.domain(), house.ports(), house.useCases()),
                List.of(
                        noClasses()
                                .that(house.domain())
                                .should()
                                .dependOnClassesThat(house.application().or(house.adapters())),
                        noClasses()
                                .that(house.portPackage())
                                .should()
                                .dependOnClassesThat(house.useCases().or(house.adapters())),
                        noClasses().that(house.useCases()).should().dependOnClassesThat(house.adapters()),
                        // A fifth place would be out of every rule's sight.
                        classes()
                                .that(house.everything())
                                .should(be(
                                        house.domain().or(house.application()).or(house.adapters())))));
    }

    private HouseRule adaptersDoNotKnowEachOther() {
        return new HouseRule(
                5,
                "Adapters do not know each other",
                List.of(house.adapters()),
                List.of(classes().that(house.adapters()).should(keepToTheirAdapter())));
    }

    private ArchCondition<JavaClass> keepToTheirAdapter() {
        return new ArchCondition<>("depend on no other adapter") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (house.adapters().test(target) && !adapterOf(target).equals(adapterOf(type))) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** Direction and technology: the two package names below {@code adapter}. */
    private static String adapterOf(JavaClass type) {
        String[] below = type.getPackageName().split("\\.adapter\\.?", 2)[1].split("\\.");
        return below.length < 2 ? below[0] : below[0] + '.' + below[1];
    }

    private HouseRule drivingAdaptersCallUseCases() {
        return new HouseRule(
                6,
                "Driving adapters call use cases and query ports, never writing ports; driven adapters never call use"
                        + " cases",
                List.of(
                        house.drivingAdapters(),
                        house.drivenAdapters(),
                        house.useCases(),
                        house.queryPortMark(),
                        house.runtimeWriters()),
                List.of(
                        noClasses().that(house.drivingAdapters()).should().dependOnClassesThat(house.writingPorts()),
                        noClasses().that(house.drivenAdapters()).should().dependOnClassesThat(house.useCases())));
    }

    private HouseRule technologiesStayAtHome() {
        List<ArchRule> parts = new ArrayList<>();
        List<DescribedPredicate<JavaClass>> homes = new ArrayList<>();
        for (Technology technology : Technology.values()) {
            String[] apis = technology.apis().toArray(String[]::new);
            parts.add(noClasses()
                    .that(house.everything())
                    .and(not(anyHomeOf(technology.apis())))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(apis)));
            if (!absent.contains(technology)) {
                homes.add(house.home(technology));
            }
        }
        return new HouseRule(7, "Each technology stays in its own adapter package", homes, parts);
    }

    /** Two technologies may share an API: gRPC is called and answered in two packages. */
    private DescribedPredicate<JavaClass> anyHomeOf(List<String> apis) {
        return EnumSet.allOf(Technology.class).stream()
                .filter(technology -> technology.apis().equals(apis))
                .map(house::home)
                .reduce(DescribedPredicate.alwaysFalse(), (one, other) -> one.or(other));
    }
}
