package org.tierstock.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embedded broker's process, as the launcher sees it. */
final class Broker extends JavaProcess {

    private static final int CONNECT_MILLIS = 500;

    private final Path directory;
    private final BrokerAddress address;
    private final List<BrokerUser> users;

    Broker(PlatformDirectory directory, ProcessRecords records, BrokerAddress address, List<BrokerUser> users) {
        super(
                "broker",
                new ChildProcess("broker", directory.log("broker"), records),
                AotCache.ofClassPath(classPath()));
        this.directory = directory.broker();
        this.address = address;
        this.users = List.copyOf(users);
    }

    @Override
    public String address() {
        return address.host() + ":" + address.port();
    }

    @Override
    List<String> arguments() {
        return List.of(
                "-XX:+UseSerialGC",
                // It does little, and shall be there soon: the optimising compiler would take more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-cp",
                classPath(),
                BrokerMain.class.getName(),
                Integer.toString(address.port()),
                directory.toString());
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                BrokerMain.USERS_VARIABLE,
                String.join("\n", users.stream().map(BrokerUser::line).toList()));
    }

    @Override
    boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
