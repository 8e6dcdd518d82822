package org.tierstock.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * The embedded broker as a process of its own, so that it can be killed without the launcher. AMQP 1.0 on the loopback
 * address, a user for each layer with rights to its own queues, a journal on disk: what it has accepted survives a kill.
 *
 * <p>Its arguments are the port and the directory; its users come by the environment, where other users of the machine
 * cannot read it.
 */
public final class BrokerMain {

    static final String USERS_VARIABLE = "TIERSTOCK_BROKER_USERS";

    /** It would write some ten kilobytes for every message, unless it is told not to. Held, so that it stays told. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private static final String EVERY_ADDRESS = "#";
    private static final String ACCEPTOR = "amqp";

    /** A service parks what it cannot apply. A delivery that ends with its process says nothing about the message. */
    private static final int UNLIMITED = -1;

    private static final long REDELIVERY_DELAY_MILLIS = 200;
    private static final int MAX_DISK_USAGE_PERCENT = 98;

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path directory = Path.of(arguments[1]);
        List<BrokerUser> users =
                System.getenv(USERS_VARIABLE).lines().map(BrokerUser::of).toList();

        AUDIT.setLevel(Level.OFF);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(port, directory, users));
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), logins(users)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker)));
        broker.start();
        if (broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR) == null) {
            // It only logs why: without its acceptor the broker would stay alive and answer nobody.
            throw new IllegalStateException("The broker does not listen on port " + port);
        }
    }

    /** Each user has one role, of its own name. */
    private static SecurityConfiguration logins(List<BrokerUser> users) {
        Map<String, String> passwords = new HashMap<>();
        Map<String, List<String>> roles = new HashMap<>();
        for (BrokerUser user : users) {
            passwords.put(user.name(), user.password());
            roles.put(user.name(), List.of(user.name()));
        }
        return new SecurityConfiguration(passwords, roles);
    }

    private static Configuration configuration(int port, Path directory, List<BrokerUser> users) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("tierstock")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
                .setMaxDiskUsage(MAX_DISK_USAGE_PERCENT)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:" + port + "?protocols=AMQP;saslMechanisms=PLAIN");
        rights(users).forEach(configuration::putSecurityRoles);
        configuration.addAddressSetting("#", addressSettings());
        return configuration;
    }

    /** By address. Only the rights of the one that fits best count, so that the administrator's are at each of them. */
    private static Map<String, Set<Role>> rights(List<BrokerUser> users) {
        Set<String> addresses = new HashSet<>(Set.of(EVERY_ADDRESS));
        for (BrokerUser user : users) {
            addresses.addAll(user.sends());
            addresses.addAll(user.receives());
        }
        Map<String, Set<Role>> rights = new HashMap<>();
        for (String address : addresses) {
            Set<Role> roles = new HashSet<>();
            for (BrokerUser user : users) {
                boolean sends = user.isAdministrator() || user.sends().contains(address);
                boolean receives = user.isAdministrator() || user.receives().contains(address);
                if (sends || receives) {
                    roles.add(role(user.name(), sends, receives));
                }
            }
            rights.put(address, roles);
        }
        return rights;
    }

    private static Role role(String name, boolean sends, boolean receives) {
        boolean allowed = true;
        boolean refused = false;
        return new Role(
                name, sends, receives, allowed, // create durable queues
                refused, // delete durable queues
                refused, // create non-durable queues
                refused, // delete non-durable queues
                refused, // manage
                receives, // browse
                allowed, // create addresses
                refused, // delete addresses
                refused, // view
                refused); // edit
    }

    private static AddressSettings addressSettings() {
        return new AddressSettings()
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setMaxDeliveryAttempts(UNLIMITED)
                .setRedeliveryDelay(REDELIVERY_DELAY_MILLIS);
    }

    private static void stop(EmbeddedActiveMQ broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
