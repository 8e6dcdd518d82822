package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and the broker as the launcher really starts them, without the services. */
class LocalPlatformTest {

    private static final int SECONDS = 20;

    @TempDir
    static Path directory;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = new LocalPlatform(PlatformSettings.builder()
                .dataDirectory(directory.resolve("platform"))
                .layers()
                .build());
        platform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void postgresql_waits_for_the_disk_at_every_commit() throws SQLException {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
    }

    @Test
    void postgresql_listens_on_the_loopback_address_only() throws SQLException {
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void postgresql_refuses_a_wrong_password_also_to_its_superuser() {
        String url = platform.database(Layer.SALES).jdbcUrl();

        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "tierstock_sales", ""))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_layer_cannot_open_the_database_of_another() {
        LayerDatabase sales = platform.database(Layer.SALES);
        String dispatch = platform.database(Layer.DISPATCH).jdbcUrl();

        assertThatThrownBy(() -> DriverManager.getConnection(dispatch, sales.user(), sales.password()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void the_owner_makes_tables_and_the_runtime_role_may_not() throws SQLException {
        LayerDatabase warehouse = platform.database(Layer.WAREHOUSE);

        try (Connection owner =
                        DriverManager.getConnection(warehouse.jdbcUrl(), warehouse.owner(), warehouse.ownerPassword());
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE made_by_owner (n int)");
            statement.execute("GRANT INSERT ON made_by_owner TO " + warehouse.user());
        }

        try (Connection runtime = connect(warehouse);
                Statement statement = runtime.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO made_by_owner VALUES (1)"))
                    .isOne();
            assertThatThrownBy(() -> statement.execute("CREATE TABLE made_by_runtime (n int)"))
                    .hasMessageContaining("permission denied for schema public");
        }
    }

    @Test
    void a_committed_row_survives_the_kill_of_postgresql() throws SQLException {
        LayerDatabase sales = platform.database(Layer.SALES);
        try (Connection owner = DriverManager.getConnection(sales.jdbcUrl(), sales.owner(), sales.ownerPassword());
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
            statement.execute("INSERT INTO kept VALUES (7)");
        }

        platform.kill("postgres");
        assertThat(platform.alive("postgres")).isFalse();
        platform.restart("postgres");

        try (Connection owner = DriverManager.getConnection(sales.jdbcUrl(), sales.owner(), sales.ownerPassword());
                Statement statement = owner.createStatement();
                ResultSet result = statement.executeQuery("SELECT n FROM kept")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void postgresql_starts_again_when_it_has_ended_by_itself() throws IOException {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();

        platform.startAgain("postgres");

        assertThat(platform.alive("postgres")).isTrue();
    }

    @Test
    void postgresql_starts_again_when_a_start_has_failed() throws IOException {
        Path needed = directory.resolve("platform/postgres/postgresql.conf");
        Path aside = directory.resolve("postgresql.conf");
        platform.kill("postgres");
        Files.move(needed, aside);
        assertThatThrownBy(() -> platform.startAgain("postgres")).hasMessageContaining("PostgreSQL does not start");
        Files.move(aside, needed);

        platform.startAgain("postgres");

        assertThat(platform.alive("postgres")).isTrue();
    }

    private static ProcessHandle postmaster() throws IOException {
        Path pidFile = directory.resolve("platform/postgres/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                .orElseThrow();
    }

    @Test
    void an_accepted_message_survives_the_kill_of_the_broker() throws Exception {
        BrokerAddress broker = platform.broker();
        AmqpClientOptions options = options(broker);
        AmqpClient before = AmqpClient.create(options);
        AmqpConnection connection = await(before.connect());
        await(await(connection.createSender("kept", new AmqpSenderOptions()))
                .sendWithAck(AmqpMessage.create()
                        .durable(true)
                        .withBody("a movement")
                        .build()));

        platform.restart("broker");

        AmqpClient after = AmqpClient.create(options);
        CompletableFuture<String> received = new CompletableFuture<>();
        await(await(after.connect())
                        .createReceiver("kept", new AmqpReceiverOptions().setCapabilities(List.of("queue"))))
                .handler(message -> received.complete(message.bodyAsString()));
        assertThat(received.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("a movement");
    }

    @Test
    void a_layer_sends_to_its_own_queues_and_receives_those_that_are_for_it_and_no_others() throws Exception {
        for (Layer layer : Layer.values()) {
            for (Queue queue : Queue.values()) {
                String address = queue.address(Map.of());
                assertThat(maySend(layer, address))
                        .as("%s sends to %s", layer, queue)
                        .isEqualTo(queue.sender() == layer);
                assertThat(mayReceive(layer, address))
                        .as("%s receives from %s", layer, queue)
                        .isEqualTo(queue.receiver() == layer);
            }
            assertThat(maySend(layer, "kept")).isFalse();
            assertThat(mayReceive(layer, "kept")).isFalse();
        }
    }

    private static boolean maySend(Layer layer, String address) throws Exception {
        AmqpConnection connection =
                await(AmqpClient.create(options(platform.broker(layer))).connect());
        return succeeds(connection
                .createSender(address, new AmqpSenderOptions().setCapabilities(List.of("queue")))
                .compose(sender -> sender.sendWithAck(AmqpMessage.create()
                        .durable(true)
                        .withBody("a movement")
                        .build())));
    }

    private static boolean mayReceive(Layer layer, String address) throws Exception {
        AmqpConnection connection =
                await(AmqpClient.create(options(platform.broker(layer))).connect());
        return succeeds(
                connection.createReceiver(address, new AmqpReceiverOptions().setCapabilities(List.of("queue"))));
    }

    private static boolean succeeds(Future<?> future) throws Exception {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        future.onComplete(done -> outcome.complete(done.succeeded()));
        return outcome.get(SECONDS, TimeUnit.SECONDS);
    }

    private static AmqpClientOptions options(BrokerAddress broker) {
        return new AmqpClientOptions()
                .setHost(broker.host())
                .setPort(broker.port())
                .setUsername(broker.user())
                .setPassword(broker.password());
    }

    @Test
    void the_broker_refuses_a_wrong_password_and_a_caller_without_one() {
        BrokerAddress broker = platform.broker();
        AmqpClientOptions address =
                new AmqpClientOptions().setHost(broker.host()).setPort(broker.port());

        assertThatThrownBy(() -> await(AmqpClient.create(new AmqpClientOptions(address)
                                .setUsername(broker.user())
                                .setPassword("guess"))
                        .connect()))
                .hasMessageContaining("authenticate");
        assertThatThrownBy(() -> await(AmqpClient.create(address).connect())).hasMessageContaining("SASL");
    }

    @Test
    void a_second_launcher_on_the_same_directory_is_told_so() {
        LocalPlatform second = new LocalPlatform(PlatformSettings.builder()
                .dataDirectory(directory.resolve("platform"))
                .layers()
                .build());

        assertThatThrownBy(second::start)
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("another Tierstock runs on");
    }

    @Test
    void files_with_secrets_are_readable_by_their_user_alone() throws Exception {
        for (String file : new String[] {"passwords.properties", "service-token-sales", "keys/private.pem"}) {
            assertThat(Files.getPosixFilePermissions(platform.directory().resolve(file)))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
        }
    }

    private static String setting(String name) throws SQLException {
        try (Connection connection = connect(platform.database(Layer.SALES));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(LayerDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
