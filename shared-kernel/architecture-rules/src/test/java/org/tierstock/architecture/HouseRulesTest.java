package org.tierstock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the house can fail, and names what broke it. */
class HouseRulesTest {
    private static final String PLANTED = "org.tierstock.planted";
    private static final JavaClasses ALL = new ClassFileImporter().importPackages(PLANTED);

    static Stream<Arguments> planted() {
        return Stream.of(
                planted("rule01_domain_opens_a_file", "PriceList", 1),
                planted("rule01_domain_knows_a_use_case", "Checkout", 1, 4, 13),
                planted("rule02_movements_know_a_service", "OrderedUnits", 2),
                planted("rule02_runtime_knows_a_layer", "OrderLog", 2),
                planted("rule03_application_opens_a_file", "ExportOrders", 3),
                planted("rule03_application_writes_sql", "DeleteOrders", 3),
                planted("rule03_application_has_a_fourth_annotation", "CountOrders", 3),
                planted("rule04_port_knows_a_use_case", "Checkouts", 4, 13),
                planted("rule04_a_fifth_place", "OrderShelf", 4),
                planted("rule05_adapter_knows_an_adapter", "ShortcutResource", 5),
                planted("rule06_driving_adapter_calls_a_writing_port", "InsertResource", 6),
                planted("rule06_driving_adapter_writes_sql", "PurgeJob", 6),
                planted("rule06_driven_adapter_calls_a_use_case", "PostgresRetry", 6),
                planted("rule07_jdbc_away_from_home", "RawResource", 7),
                planted("rule07_entity_away_from_home", "OrderEntity", 7),
                planted("rule07_grpc_away_from_home", "CallJob", 7),
                planted("rule07_http_away_from_home", "PostgresPages", 7),
                planted("rule07_messaging_away_from_home", "PublishResource", 7),
                planted("rule08_transaction_on_a_hidden_method", "ShipOrders", 8),
                planted("rule08_transaction_on_a_class", "ReturnOrders", 8),
                planted("rule08_transaction_in_an_adapter", "CloseJob", 8),
                planted("rule08_transaction_begun_by_hand", "PostgresBatch", 8),
                planted("rule09_remote_port_in_a_transaction", "LockAndPlace", 9),
                planted("rule09_remote_port_behind_another_use_case", "PlaceThenLock", 9),
                planted("rule09_carrier_in_a_transaction", "CarryOrders", 9),
                planted("rule09_emitter_in_a_transaction", "AnnounceOrders", 3, 7, 9),
                planted("rule10_interface_beside_the_use_cases", "OrderPricing", 10),
                planted("rule10_port_that_nobody_fulfils", "Couriers", 10),
                planted("rule11_mutable_type", "Basket", 11),
                planted("rule11_open_type", "Tariff", 11),
                planted("rule11_fraction_in_a_field", "Share", 11),
                planted("rule11_fraction_in_a_calculation", "Split", 11),
                planted("rule12_now_without_a_clock", "Deadline", 12),
                planted("rule12_now_as_a_reference", "StampOrders", 12),
                planted("rule12_chance_in_the_domain", "Lottery", 12),
                planted("rule12_id_out_of_nowhere", "PostgresIds", 12),
                planted("rule13_name_that_says_nothing", "OrderHelper", 13),
                planted("rule13_prefix_that_says_nothing", "BaseOrder", 13),
                planted("rule13_package_that_says_nothing", "Rounding", 13),
                planted("rule13_packages_in_a_cycle", "Hen", 13));
    }

    private static Arguments planted(String tree, String culprit, Integer... rules) {
        return arguments(tree, culprit, Set.of(rules));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_planted_violation_breaks_exactly_its_rules_and_is_named(String tree, String culprit, Set<Integer> rules) {
        Map<Integer, List<String>> violations = rulesOver(tree).violations();

        assertThat(violations.keySet()).isEqualTo(rules);
        assertThat(violations.values())
                .allSatisfy(found ->
                        assertThat(found).anySatisfy(line -> assertThat(line).contains(culprit)));
    }

    @Test
    void a_service_that_keeps_the_rules_passes_all_of_them() {
        assertThat(rulesOver("clean").violations()).isEmpty();
    }

    @Test
    void every_rule_has_a_planted_violation_and_every_tree_is_tried() {
        Set<Integer> broken = planted()
                .flatMap(arguments -> ((Set<?>) arguments.get()[2]).stream())
                .map(Integer.class::cast)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried =
                planted().map(arguments -> (String) arguments.get()[0]).collect(Collectors.toSet());
        Set<String> trees = ALL.stream()
                .map(type -> type.getPackageName().substring(PLANTED.length()).split("\\."))
                .filter(path -> path.length > 1 && path[1].startsWith("rule"))
                .map(path -> path[1])
                .collect(Collectors.toSet());

        assertThat(broken)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 13).boxed().toList());
        assertThat(tried).isEqualTo(trees);
    }

    @Test
    void rule_14_tells_which_rules_match_nothing() {
        JavaClasses nothing = ALL.that(resideInAPackage("org.tierstock.nowhere.."));

        Map<Integer, List<String>> violations =
                HouseRules.over(house("clean"), nothing).violations();

        assertThat(violations).containsOnlyKeys(14);
        assertThat(violations.get(14))
                .contains("Rule 1 matches nothing: there are no domain classes")
                .contains("Rule 10 matches nothing: there are no ports");
        assertThat(IntStream.rangeClosed(1, 13))
                .allSatisfy(rule -> assertThat(violations.get(14))
                        .anySatisfy(line -> assertThat(line).startsWith("Rule " + rule + " ")));
    }

    @Test
    void rule_14_wants_an_absence_declared() {
        JavaClasses withoutJobs = ALL.that(
                resideInAPackage(PLANTED + ".clean.adapter.in.schedule..").negate());

        assertThat(HouseRules.over(house("clean"), withoutJobs).violations())
                .isEqualTo(Map.of(14, List.of("Rule 7 matches nothing: there are no classes in adapter.in.schedule")));
        assertThat(HouseRules.over(house("clean"), withoutJobs)
                        .absent(Technology.SCHEDULE)
                        .violations())
                .isEmpty();
    }

    @Test
    void rule_14_refuses_a_declared_absence_that_is_not_absent() {
        Map<Integer, List<String>> violations =
                rulesOver("clean").absent(Technology.OUTGOING_GRPC).violations();

        assertThat(violations).containsOnlyKeys(14);
        assertThat(violations.get(14))
                .containsExactly("OUTGOING_GRPC is declared absent, but there is"
                        + " org.tierstock.planted.clean.adapter.out.grpc.GrpcDispatchLocks");
    }

    @Test
    void each_rule_is_a_test_named_by_its_sentence() throws Throwable {
        List<DynamicTest> tests =
                rulesOver("rule13_name_that_says_nothing").check().toList();

        assertThat(tests).hasSize(14);
        assertThat(tests.get(4).getDisplayName()).isEqualTo("5. Adapters do not know each other");
        tests.get(4).getExecutable().execute();
        assertThatThrownBy(() -> tests.get(12).getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("OrderHelper");
    }

    @Test
    void the_rules_are_read_from_the_class_path_without_test_classes() {
        Map<Integer, List<String>> violations =
                HouseRules.forService("org.tierstock.planted.clean").violations();

        assertThat(violations).containsOnlyKeys(14);
    }

    /** The clean service with the tree, as if both had one root. */
    private static HouseRules rulesOver(String tree) {
        DescribedPredicate<JavaClass> read = Stream.of("clean", "movements", "runtime", tree)
                .distinct()
                .map(name -> resideInAPackage(PLANTED + '.' + name + ".."))
                .reduce(DescribedPredicate.alwaysFalse(), (one, other) -> one.or(other));
        return HouseRules.over(house(tree), ALL.that(read));
    }

    private static House house(String tree) {
        boolean inMovements = tree.startsWith("rule02_movements");
        boolean inRuntime = tree.startsWith("rule02_runtime");
        String service = inMovements || inRuntime ? PLANTED + ".clean" : PLANTED + ".[clean|" + tree + ']';
        return new House(
                service,
                PLANTED + (inMovements ? ".[movements|" + tree + ".movements]" : ".movements"),
                PLANTED + (inRuntime ? ".[runtime|" + tree + ".runtime]" : ".runtime"));
    }
}
