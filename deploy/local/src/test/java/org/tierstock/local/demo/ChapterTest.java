package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.Event.Counted;
import org.tierstock.local.demo.Event.OfOrder;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;

class ChapterTest {
    @Test
    void a_chapter_ends_with_the_day_on_which_it_has_orders_enough() {
        List<Event> events =
                List.of(ordered(1, "a"), ordered(2, "b"), ordered(2, "c"), ordered(3, "d"), ordered(4, "e"));

        List<Chapter> chapters = Chapter.of(events, 2);

        assertThat(chapters).extracting(chapter -> numbers(chapter)).containsExactly("abc", "de");
        assertThat(chapters).extracting(Chapter::index).containsExactly(0, 1);
    }

    @Test
    void each_kind_of_event_is_kept_in_its_order() {
        Counted count = new Counted(day(1), "COUNT-1", "A", -2);

        Chapter chapter =
                Chapter.of(List.of(ordered(1, "a"), count, ordered(1, "b")), 10).getFirst();

        assertThat(numbers(chapter)).isEqualTo("ab");
        assertThat(chapter.counts()).containsExactly(count);
    }

    private static OrderPlaced ordered(int day, String number) {
        return new OrderPlaced(day(day), "web", number, "UK", 0, List.of(new OrderedLine("A", 1)));
    }

    private static LocalDateTime day(int day) {
        return LocalDateTime.of(1998, 1, day, 12, 0);
    }

    private static String numbers(Chapter chapter) {
        return chapter.ofOrders().stream()
                .map(OfOrder::order)
                .map(order -> order.substring("web:".length()))
                .reduce("", String::concat);
    }
}
