package org.tierstock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What types are, what they call and how they are called: rules 10 to 13. */
final class TypeRules {
    private static final Set<String> BANNED_WORDS = Set.of(
            "impl", "manager", "helper", "util", "utils", "common", "base", "abstract", "data", "info", "dto", "vo");
    private static final String WORD_BOUNDARY = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";
    private static final Set<String> RANDOM = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom");
    private static final Set<String> FRACTIONS = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private final House house;

    TypeRules(House house) {
        this.house = house;
    }

    List<HouseRule> all() {
        return List.of(
                portsAreFulfilled(), domainTypesAreValues(), timeAndChanceComeFromOutside(), namesSaySomething());
    }

    private HouseRule portsAreFulfilled() {
        return new HouseRule(
                10,
                "Interfaces of the application live in port, and each is implemented in adapter.out",
                List.of(house.ports()),
                List.of(
                        classes()
                                .that(house.application().and(House.openInterfaces()))
                                .should(be(house.portPackage())),
                        classes()
                                .that(house.ports())
                                .should(hold(
                                        "be implemented in adapter.out",
                                        port -> port.getAllSubclasses().stream()
                                                .anyMatch(house.drivenAdapters()::test)))));
    }

    private HouseRule domainTypesAreValues() {
        return new HouseRule(
                11,
                "Domain types are records, enums, sealed or final and immutable; no float or double",
                List.of(house.domain()),
                List.of(
                        classes()
                                .that(house.domain().and(named()))
                                .should(hold(
                                        "be a record, an enum, sealed, or final with final fields",
                                        TypeRules::isValue)),
                        classes()
                                .that(house.domain().or(house.movementsClasses()))
                                .should(hold("know no float or double", type -> !knowsFractions(type)))));
    }

    private static boolean isValue(JavaClass type) {
        if (type.isRecord() || type.isEnum() || type.isSealed() || type.isAnnotation()) {
            return true;
        }
        return type.getModifiers().contains(JavaModifier.FINAL)
                && type.getFields().stream()
                        .map(JavaField::getModifiers)
                        .allMatch(modifiers -> modifiers.contains(JavaModifier.FINAL));
    }

    private static boolean knowsFractions(JavaClass type) {
        Stream<JavaClass> fields = type.getFields().stream().map(JavaField::getRawType);
        Stream<JavaClass> signatures = type.getCodeUnits().stream()
                .flatMap(unit ->
                        Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType())));
        Stream<JavaClass> calls = type.getCodeUnits().stream()
                .flatMap(unit -> unit.getCallsFromSelf().stream())
                .map(call -> (AccessTarget.CodeUnitCallTarget) call.getTarget())
                .flatMap(target ->
                        Stream.concat(target.getRawParameterTypes().stream(), Stream.of(target.getRawReturnType())));
        return Stream.of(fields, signatures, calls)
                .flatMap(types -> types)
                .anyMatch(used -> FRACTIONS.contains(used.getBaseComponentType().getName()));
    }

    private HouseRule timeAndChanceComeFromOutside() {
        return new HouseRule(
                12,
                "Nobody asks for the time without a clock, nor for chance: only the runtime may",
                List.of(house.everything(), house.movementsClasses()),
                List.of(classes()
                        .that(house.everything().or(house.movementsClasses()))
                        .should(new ArchCondition<>("be given time and ids from outside") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                                    if (isTimeOrChance(access.getTarget())) {
                                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                                    }
                                }
                            }
                        })));
    }

    private static boolean isTimeOrChance(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            case "java.lang.Math" -> name.equals("random");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.Date" ->
                target instanceof AccessTarget.ConstructorCallTarget made
                        && made.getRawParameterTypes().isEmpty();
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick") && !takesAClock(target);
            default ->
                RANDOM.contains(owner) || owner.startsWith("java.time.") && name.equals("now") && !takesAClock(target);
        };
    }

    private static boolean takesAClock(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private HouseRule namesSaySomething() {
        DescribedPredicate<JavaClass> ours =
                house.everything().or(house.movementsClasses()).or(house.runtimeClasses());
        return new HouseRule(
                13,
                "No name begins or ends with a word that says nothing, and packages form no cycle",
                List.of(house.everything()),
                List.of(
                        classes()
                                .that(ours.and(named()))
                                .should(hold("have a name that says something", TypeRules::saysSomething)),
                        slices().matching(house.service() + ".(**)").should().beFreeOfCycles()));
    }

    private static boolean saysSomething(JavaClass type) {
        String[] words = type.getSimpleName().split(WORD_BOUNDARY);
        String first = words[0].toLowerCase(Locale.ROOT);
        String last = words[words.length - 1].toLowerCase(Locale.ROOT);
        return !BANNED_WORDS.contains(first)
                && !BANNED_WORDS.contains(last)
                && Stream.of(type.getPackageName().split("\\.")).noneMatch(BANNED_WORDS::contains);
    }

    /** Classes that somebody named: the compiler's own helpers and classes inside a method are not. */
    private static DescribedPredicate<JavaClass> named() {
        return describe(
                "named",
                type -> !type.isAnonymousClass()
                        && !type.isLocalClass()
                        && !type.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static ArchCondition<JavaClass> hold(String what, Predicate<JavaClass> holds) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        holds.test(type),
                        type.getName() + " should " + what + " in " + type.getSourceCodeLocation()));
            }
        };
    }
}
