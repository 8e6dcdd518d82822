package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the services' processes are told about each other, killed and started again, on a stand-in for them. */
class PlatformServicesTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path repository;

    @BeforeEach
    void build() throws Exception {
        StandInService.buildAll(repository);
    }

    @Test
    void each_layer_is_told_where_all_replicas_of_the_layer_below_listen() throws Exception {
        try (LocalPlatform platform = new LocalPlatform(settings().replicas(2).build())) {
            platform.start();

            assertThat(platform.processes())
                    .containsExactly("sales-0", "sales-1", "dispatch-0", "dispatch-1", "warehouse-0", "warehouse-1");
            assertThat(told(platform.url(Layer.SALES), "TIERSTOCK_DISPATCH_GRPC"))
                    .isEqualTo(String.join(",", platform.grpcAddresses(Layer.DISPATCH)));
            assertThat(told(platform.url(Layer.DISPATCH), "TIERSTOCK_WAREHOUSE_GRPC"))
                    .isEqualTo(String.join(",", platform.grpcAddresses(Layer.WAREHOUSE)));
            assertThat(told(platform.urls(Layer.SALES).get(1), "TIERSTOCK_PG_URL"))
                    .isEqualTo("jdbc:postgresql://db/sales");
        }
    }

    @Test
    void a_killed_replica_comes_back_on_its_ports() throws Exception {
        try (LocalPlatform platform = new LocalPlatform(
                settings().layers(Layer.SALES).replicas(Layer.SALES, 2).build())) {
            platform.start();
            List<URI> before = platform.urls(Layer.SALES);

            platform.kill("sales-1");

            assertThat(platform.alive("sales-1")).isFalse();
            assertThat(platform.alive("sales-0")).isTrue();

            platform.restart("sales-1");

            assertThat(platform.urls(Layer.SALES)).isEqualTo(before);
            assertThat(told(before.get(1), "QUARKUS_HTTP_PORT"))
                    .isEqualTo(Integer.toString(before.get(1).getPort()));
        }
    }

    @Test
    void two_platforms_run_side_by_side() throws Exception {
        try (LocalPlatform first = new LocalPlatform(settings().usualPorts().build());
                LocalPlatform second = new LocalPlatform(settings().usualPorts().build())) {
            first.start();
            second.start();

            assertThat(first.url(Layer.SALES)).isNotEqualTo(second.url(Layer.SALES));
            assertThat(told(first.url(Layer.SALES), "QUARKUS_HTTP_PORT")).isNotEmpty();
            assertThat(told(second.url(Layer.SALES), "QUARKUS_HTTP_PORT")).isNotEmpty();
        }
    }

    @Test
    void a_service_that_ends_instead_of_answering_is_reported_with_its_last_words_and_takes_the_others_along() {
        List<String> progress = new ArrayList<>();
        LocalPlatform platform = new LocalPlatform(settings()
                .environment("STAND_IN_FAILS", "yes")
                .progress(progress::add)
                .build());

        assertThatThrownBy(platform::start)
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("ended with exit code 1")
                .hasMessageContaining("the migration failed");
        assertThat(platform.processes()).noneMatch(platform::alive);
    }

    @Test
    void a_service_that_is_not_built_is_named() {
        LocalPlatform platform = new LocalPlatform(
                settings().repository(repository.resolve("empty")).build());

        assertThatThrownBy(platform::start)
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("quarkus-run.jar is not built");
    }

    private PlatformSettings.Builder settings() {
        Map<Layer, LayerDatabase> databases = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            databases.put(layer, new LayerDatabase("jdbc:postgresql://db/" + layer.code(), "user", "a", "owner", "b"));
        }
        BrokerAddress broker = new BrokerAddress("mq", 5672, "tierstock", "c");
        return PlatformSettings.builder()
                .repository(repository)
                .external(new ExternalServices(Optional.empty(), databases, Optional.of(broker)));
    }

    private String told(URI service, String variable) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/" + variable)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
