package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/capabilities.md} names what exists: one row a capability, and no endpoint or class that is not there. */
class CapabilitiesTest {
    private static final int CAPABILITIES = 124;
    private static final Pattern REST = Pattern.compile("(sales|dispatch|warehouse) (GET|PUT|POST) (/v1/\\S+)");
    private static final Pattern GRPC = Pattern.compile("(\\w+Service)/(\\w+)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Path REPOSITORY = RunningPlatform.repository();

    /** A row: {@code | S10 | meaning | works | endpoints | tests |}. */
    private record Row(String id, String meaning, String state, List<String> endpoints, List<String> tests) {
        boolean works() {
            return state.equals("works");
        }
    }

    private static List<Row> rows() {
        try (Stream<String> lines = Files.lines(REPOSITORY.resolve("docs/capabilities.md"))) {
            return lines.filter(line -> line.matches("\\| *S\\d+ *\\|.*"))
                    .map(CapabilitiesTest::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split("\\|", -1);
        assertThat(cells).as(line).hasSize(7);
        return new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), named(cells[4]), named(cells[5]));
    }

    private static List<String> named(String cell) {
        Matcher code = CODE.matcher(cell);
        List<String> names = new ArrayList<>();
        while (code.find()) {
            names.add(code.group(1));
        }
        return names;
    }

    @Test
    void every_capability_has_one_row_that_says_whether_it_works() {
        List<String> all =
                IntStream.rangeClosed(1, CAPABILITIES).mapToObj(i -> "S" + i).toList();

        assertThat(rows()).extracting(Row::id).containsExactlyElementsOf(all);
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.meaning()).as(row.id()).isNotEmpty();
            assertThat(row.state()).as(row.id()).isIn("works", "not yet");
        });
    }

    @Test
    void what_works_can_be_reached_and_is_tested() {
        assertThat(rows()).filteredOn(Row::works).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row.endpoints()).as(row.id()).isNotEmpty();
            assertThat(row.tests()).as(row.id()).isNotEmpty().allMatch(test -> test.endsWith("Test"));
        });
    }

    @Test
    void every_endpoint_that_is_named_exists() {
        Set<String> known = new TreeSet<>(rest());
        known.addAll(grpc());
        for (Row row : rows()) {
            for (String endpoint : row.endpoints()) {
                assertThat(REST.matcher(endpoint).matches()
                                || GRPC.matcher(endpoint).matches())
                        .as("%s: %s", row.id(), endpoint)
                        .isTrue();
                assertThat(known).as(row.id()).contains(endpoint);
            }
        }
    }

    @Test
    void every_test_that_is_named_exists() {
        TestSources sources = new TestSources();
        for (Row row : rows()) {
            assertThat(row.tests()).as(row.id()).allMatch(sources::has);
        }
    }

    /** As in the committed descriptions: "sales POST /v1/orders". */
    private static Set<String> rest() {
        Set<String> endpoints = new TreeSet<>();
        for (String layer : List.of("sales", "dispatch", "warehouse")) {
            try {
                JsonNode document = new YAMLMapper()
                        .readTree(REPOSITORY
                                .resolve("docs/openapi/" + layer + ".yaml")
                                .toFile());
                document.get("paths")
                        .properties()
                        .forEach(path -> path.getValue()
                                .fieldNames()
                                .forEachRemaining(method -> endpoints.add(
                                        layer + ' ' + method.toUpperCase(Locale.ROOT) + ' ' + path.getKey())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return endpoints;
    }

    /** As in the protos: "OrderService/Place". */
    private static Set<String> grpc() {
        Set<String> methods = new TreeSet<>();
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("proto/src/main/proto"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".proto")).toList()) {
                String service = "";
                for (String line : Files.readAllLines(file)) {
                    Matcher opening = Pattern.compile("service (\\w+) \\{").matcher(line);
                    Matcher method = Pattern.compile("  rpc (\\w+)\\(.*").matcher(line);
                    if (opening.matches()) {
                        service = opening.group(1);
                    } else if (method.matches()) {
                        methods.add(service + '/' + method.group(1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return methods;
    }
}
