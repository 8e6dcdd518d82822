package org.tierstock.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules of the house for one service:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> the_house_rules_hold() {
 *     return HouseRules.forService("org.tierstock.warehouse").absent(Technology.OUTGOING_GRPC).check();
 * }
 * }</pre>
 */
public final class HouseRules {
    private final House house;
    private final Supplier<JavaClasses> classes;
    private final Set<Technology> absent = EnumSet.noneOf(Technology.class);

    private HouseRules(House house, Supplier<JavaClasses> classes) {
        this.house = house;
        this.classes = classes;
    }

    /**
     * The rules over the production classes on the class path: the service's, the kernel's and the runtime's.
     *
     * @param service the service's root package, such as {@code org.tierstock.sales}
     */
    public static HouseRules forService(String service) {
        House house = House.of(service);
        return new HouseRules(
                house,
                () -> new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludePackageInfos())
                        .withImportOption(HouseRules::handWritten)
                        .importPackages(house.service(), house.movements(), house.runtime()));
    }

    /** The rules over given classes. */
    static HouseRules over(House house, JavaClasses classes) {
        return new HouseRules(house, () -> classes);
    }

    /** The classes that protoc writes share their layer's root package. */
    private static boolean handWritten(Location location) {
        return !location.contains("/v1/");
    }

    /** Declares what the service does without. Declaring it although it is there breaks rule 14. */
    public HouseRules absent(Technology... technologies) {
        absent.addAll(Arrays.asList(technologies));
        return this;
    }

    /** Reads the classes once and gives one test for each rule, named by the rule's sentence. */
    public Stream<DynamicTest> check() {
        JavaClasses production = classes.get();
        return rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.title(), () -> {
                    List<String> violations = rule.violations(production);
                    assertTrue(violations.isEmpty(), () -> String.join("\n", violations));
                }));
    }

    /** What breaks each rule, by the rule's number; a rule that holds is not in it. */
    Map<Integer, List<String>> violations() {
        JavaClasses production = classes.get();
        Map<Integer, List<String>> violations = new LinkedHashMap<>();
        for (HouseRule rule : rules()) {
            List<String> found = rule.violations(production);
            if (!found.isEmpty()) {
                violations.put(rule.number(), found);
            }
        }
        return violations;
    }

    private List<HouseRule> rules() {
        List<HouseRule> rules = new ArrayList<>();
        rules.addAll(new DependencyRules(house, absent).all());
        rules.addAll(new TransactionRules(house, absent).all());
        rules.addAll(new TypeRules(house).all());
        rules.sort((one, other) -> Integer.compare(one.number(), other.number()));
        rules.add(new PresenceRule(house, absent, List.copyOf(rules)).rule());
        return rules;
    }
}
