package org.tierstock.runtime.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.posting.Overloaded;

class SharedConnectionsTest {
    private static final int SHARE = 2;

    private String caller = "one";
    private boolean exhausted;

    private final DataSource pool = fake(DataSource.class, () -> {
        if (exhausted) {
            throw new SQLException("Sorry, acquisition timeout!");
        }
        return fake(Connection.class, () -> null);
    });

    private SharedConnections shared(Duration patience) {
        return new SharedConnections(pool, SHARE, patience, () -> caller);
    }

    @Test
    void one_more_than_a_callers_share_is_refused_and_others_still_get_theirs() throws SQLException {
        SharedConnections shared = shared(Duration.ofMillis(1));
        Connection first = shared.getConnection();
        shared.getConnection();

        assertThatThrownBy(shared::getConnection).isInstanceOf(Overloaded.class);
        caller = "another";
        assertThat(shared.getConnection()).isNotNull();
        caller = "one";
        first.close();
        assertThat(shared.getConnection()).isNotNull();
    }

    @Test
    @Timeout(10)
    void who_waits_for_his_share_gets_the_connection_that_comes_back() throws SQLException {
        SharedConnections shared = shared(Duration.ofMinutes(1));
        Connection first = shared.getConnection();
        shared.getConnection();
        CompletableFuture<Connection> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return shared.getConnection();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        first.close();

        assertThat(waiting.join()).isNotNull();
    }

    @Test
    void the_service_itself_has_no_share() throws SQLException {
        SharedConnections shared = shared(Duration.ofMillis(1));
        caller = "";

        for (int i = 0; i <= SHARE; i++) {
            assertThat(shared.getConnection()).isNotNull();
        }
    }

    @Test
    void a_caller_is_forgotten_when_all_is_given_back_however_it_went() throws SQLException {
        SharedConnections shared = shared(Duration.ofMillis(1));
        Connection first = shared.getConnection();
        first.close();
        first.close();
        exhausted = true;
        assertThatThrownBy(shared::getConnection).isInstanceOf(SQLException.class);
        exhausted = false;
        assertThat(shared.callers()).isZero();

        Connection one = shared.getConnection();
        Connection other = shared.getConnection();
        assertThatThrownBy(shared::getConnection).isInstanceOf(Overloaded.class);
        assertThat(shared.callers()).isOne();
        one.close();
        other.close();
        assertThat(shared.callers()).isZero();
    }

    /** What its methods answer. */
    @FunctionalInterface
    private interface Answer {
        Object get() throws SQLException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                SharedConnectionsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> method.getDeclaringClass() == Object.class ? null : answer.get()));
    }
}
