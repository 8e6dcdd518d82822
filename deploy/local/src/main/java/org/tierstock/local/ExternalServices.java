package org.tierstock.local;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL servers and a broker that are there already, to be used in place of the embedded ones.
 *
 * @param server a server on which the platform makes its three databases, as an administrator
 * @param databases databases made beforehand, by layer; they win over {@code server}
 * @param broker any AMQP 1.0 broker
 */
public record ExternalServices(
        Optional<Server> server, Map<Layer, LayerDatabase> databases, Optional<BrokerAddress> broker) {

    public static final ExternalServices NONE = new ExternalServices(Optional.empty(), Map.of(), Optional.empty());

    /** How the variables are called, for {@code --help}. */
    static final String VARIABLES = """
            TIERSTOCK_PG_URL, _USER, _PASSWORD
                a PostgreSQL server (jdbc:postgresql://host:port/postgres) and an administrator on it:
                the three databases and their roles are made there
            TIERSTOCK_SALES_PG_URL, _USER, _PASSWORD, _OWNER, _OWNER_PASSWORD
                a database made beforehand, with the role to work with and the role that runs migrations;
                likewise TIERSTOCK_DISPATCH_PG_... and TIERSTOCK_WAREHOUSE_PG_...
            TIERSTOCK_AMQP_HOST, _PORT, _USER, _PASSWORD
                an AMQP 1.0 broker
            TIERSTOCK_QUEUE_DISPATCH_TO_SALES, _SALES_TO_DISPATCH, _WAREHOUSE_TO_DISPATCH
                the addresses of its queues""";

    private static final int USUAL_AMQP_PORT = 5672;
    private static final Pattern JDBC_URL = Pattern.compile("(jdbc:postgresql://[^/]+)/?[^?]*(\\?.*)?");

    public ExternalServices {
        databases = Map.copyOf(databases);
    }

    /** A PostgreSQL server and a role on it that may create roles and databases. */
    public record Server(String jdbcUrl, String administrator, String password) {

        public Server {
            if (!JDBC_URL.matcher(jdbcUrl).matches()) {
                throw new PlatformFailure(jdbcUrl + " is no url like jdbc:postgresql://host:port/postgres");
            }
        }

        String jdbcUrl(String database) {
            Matcher url = JDBC_URL.matcher(jdbcUrl);
            return url.matches() ? url.group(1) + "/" + database + (url.group(2) == null ? "" : url.group(2)) : jdbcUrl;
        }
    }

    /**
     * What the environment names; what it does not name is embedded.
     *
     * @throws PlatformFailure if one variable of a group is there and another is missing
     */
    public static ExternalServices from(Map<String, String> environment) {
        Map<Layer, LayerDatabase> databases = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            database(environment, "TIERSTOCK_" + layer.name()).ifPresent(database -> databases.put(layer, database));
        }
        return new ExternalServices(server(environment), databases, broker(environment));
    }

    boolean hasDatabase(Layer layer) {
        return server.isPresent() || databases.containsKey(layer);
    }

    private static Optional<Server> server(Map<String, String> environment) {
        UnaryOperator<String> value = group(environment, "TIERSTOCK_PG_URL");
        return Optional.ofNullable(environment.get("TIERSTOCK_PG_URL"))
                .map(url -> new Server(url, value.apply("TIERSTOCK_PG_USER"), value.apply("TIERSTOCK_PG_PASSWORD")));
    }

    private static Optional<LayerDatabase> database(Map<String, String> environment, String prefix) {
        UnaryOperator<String> value = group(environment, prefix + "_PG_URL");
        return Optional.ofNullable(environment.get(prefix + "_PG_URL"))
                .map(url -> new LayerDatabase(
                        url,
                        value.apply(prefix + "_PG_USER"),
                        value.apply(prefix + "_PG_PASSWORD"),
                        value.apply(prefix + "_PG_OWNER"),
                        value.apply(prefix + "_PG_OWNER_PASSWORD")));
    }

    private static Optional<BrokerAddress> broker(Map<String, String> environment) {
        UnaryOperator<String> value = group(environment, "TIERSTOCK_AMQP_HOST");
        String port = environment.getOrDefault("TIERSTOCK_AMQP_PORT", Integer.toString(USUAL_AMQP_PORT));
        return Optional.ofNullable(environment.get("TIERSTOCK_AMQP_HOST"))
                .map(host -> new BrokerAddress(
                        host,
                        Integer.parseInt(port),
                        value.apply("TIERSTOCK_AMQP_USER"),
                        value.apply("TIERSTOCK_AMQP_PASSWORD")));
    }

    private static UnaryOperator<String> group(Map<String, String> environment, String leader) {
        return variable -> Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> new PlatformFailure(leader + " is set, so " + variable + " must be set as well"));
    }
}
