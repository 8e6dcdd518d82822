package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalServicesTest {

    @Test
    void an_environment_that_names_nothing_leaves_everything_embedded() {
        assertThat(ExternalServices.from(Map.of("HOME", "/home/ann"))).isEqualTo(ExternalServices.NONE);
    }

    @Test
    void a_named_server_serves_every_layer_and_keeps_its_parameters() {
        ExternalServices services = ExternalServices.from(Map.of(
                "TIERSTOCK_PG_URL", "jdbc:postgresql://db:5433/postgres?sslmode=require",
                "TIERSTOCK_PG_USER", "admin",
                "TIERSTOCK_PG_PASSWORD", "secret"));

        assertThat(services.hasDatabase(Layer.SALES)).isTrue();
        assertThat(services.server().orElseThrow().jdbcUrl("tierstock_sales"))
                .isEqualTo("jdbc:postgresql://db:5433/tierstock_sales?sslmode=require");
    }

    @Test
    void a_database_made_beforehand_serves_its_layer_alone() {
        ExternalServices services = ExternalServices.from(Map.of(
                "TIERSTOCK_SALES_PG_URL", "jdbc:postgresql://db/sales",
                "TIERSTOCK_SALES_PG_USER", "sales",
                "TIERSTOCK_SALES_PG_PASSWORD", "a",
                "TIERSTOCK_SALES_PG_OWNER", "sales_owner",
                "TIERSTOCK_SALES_PG_OWNER_PASSWORD", "b"));

        assertThat(services.databases())
                .containsOnly(Map.entry(
                        Layer.SALES,
                        new LayerDatabase("jdbc:postgresql://db/sales", "sales", "a", "sales_owner", "b")));
        assertThat(services.hasDatabase(Layer.DISPATCH)).isFalse();
    }

    @Test
    void a_broker_without_a_password_is_refused_by_the_name_of_the_variable() {
        Map<String, String> environment = Map.of("TIERSTOCK_AMQP_HOST", "mq", "TIERSTOCK_AMQP_USER", "tierstock");

        assertThatThrownBy(() -> ExternalServices.from(environment))
                .isInstanceOf(PlatformFailure.class)
                .hasMessage("TIERSTOCK_AMQP_HOST is set, so TIERSTOCK_AMQP_PASSWORD must be set as well");
    }

    @Test
    void printed_credentials_give_no_password_away() {
        assertThat(new BrokerAddress("mq", 5672, "tierstock", "secret").toString())
                .doesNotContain("secret");
        assertThat(new LayerDatabase("jdbc:postgresql://db/sales", "sales", "secret", "owner", "secret").toString())
                .doesNotContain("secret");
    }
}
