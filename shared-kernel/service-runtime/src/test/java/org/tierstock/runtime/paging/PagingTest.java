package org.tierstock.runtime.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.InvalidValue;

class PagingTest {
    @Test
    void a_cursor_comes_back_as_it_went() {
        Cursor cursor = Cursor.of("web/express/NORMAL/cn-north/商品", 42L);

        Cursor back = Cursor.parse(cursor.text(), 2);

        assertThat(back).isEqualTo(cursor);
        assertThat(back.number(1)).isEqualTo(42);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void no_cursor_is_the_first_page() {
        assertThat(Cursor.parse(null, 1)).isNull();
        assertThat(Cursor.parse("", 1)).isNull();
    }

    @Test
    void what_is_no_cursor_of_the_list_is_refused() {
        String invalidUtf8 = Base64.getUrlEncoder().encodeToString(new byte[] {(byte) 0xff});
        String withNul = Base64.getUrlEncoder().encodeToString("a\0".getBytes(StandardCharsets.UTF_8));
        for (String text : List.of(
                "%%%",
                "a", invalidUtf8, withNul, "x".repeat(2000), Cursor.of("a", "b").text())) {
            assertThatThrownBy(() -> Cursor.parse(text, 1)).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> Cursor.parse(Cursor.of("a").text(), 1).number(0))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_page_knows_whether_there_is_a_next_one() {
        Limit limit = Limit.of(2);

        Page<Integer> full = Page.of(List.of(1, 2, 3), limit, Cursor::of);
        Page<Integer> last = Page.of(List.of(1, 2), limit, Cursor::of);

        assertThat(full.items()).containsExactly(1, 2);
        assertThat(Cursor.parse(full.next(), 1).number(0)).isEqualTo(2);
        assertThat(last.next()).isNull();
        assertThat(full.map(String::valueOf).items()).containsExactly("1", "2");
    }

    @Test
    void a_limit_is_from_one_to_a_thousand() {
        assertThat(Limit.of(null).rows()).isEqualTo(100);
        assertThat(Limit.of(1000).plusOne()).isEqualTo(1001);
        assertThatThrownBy(() -> Limit.of(0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Limit.of(1001)).isInstanceOf(InvalidValue.class);
    }
}
