package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.documents.PostgresDocumentNumbers;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;

class DocumentNumbersTest {
    @TestFactory
    Stream<DynamicTest> numbers_name_their_kind_and_epoch_rise_and_never_repeat() {
        Database database =
                new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());
        return Stream.of(
                        new InMemoryDocumentNumbers(),
                        new PostgresDocumentNumbers(database, new Installation(database)))
                .map(numbers ->
                        DynamicTest.dynamicTest(numbers.getClass().getSimpleName(), () -> assertNumbersRise(numbers)));
    }

    private static void assertNumbersRise(DocumentNumbers numbers) {
        assertThat(numbers.next("GR", 3)).isEqualTo(List.of("GR-1-1", "GR-1-2", "GR-1-3"));
        assertThat(numbers.next("RV", 0)).isEmpty();
        assertThat(numbers.next("RV", 1)).isEqualTo(List.of("RV-1-4"));
    }
}
