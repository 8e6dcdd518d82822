package org.tierstock.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The embedded broker's process, as the launcher sees it. */
final class Broker implements PlatformProcess {

    private static final int CONNECT_MILLIS = 500;

    private final ChildProcess process;
    private final Path directory;
    private final BrokerAddress address;

    Broker(PlatformDirectory directory, ProcessRecords records, BrokerAddress address) {
        this.process = new ChildProcess("broker", directory.log("broker"), records);
        this.directory = directory.broker();
        this.address = address;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public String address() {
        return address.host() + ":" + address.port();
    }

    @Override
    public void start() {
        List<String> command = List.of(
                JavaCommand.executable(),
                "-XX:+UseSerialGC",
                "-Xmx384m",
                JavaCommand.NATIVE_ACCESS,
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                Integer.toString(address.port()),
                directory.toString(),
                address.user());
        process.start(command, Map.of(BrokerMain.PASSWORD_VARIABLE, address.password()));
    }

    @Override
    public void awaitReady(Duration atMost) {
        if (!Waiting.until(() -> answers() || !process.alive(), atMost)) {
            throw process.silent(atMost);
        }
        if (!process.alive()) {
            throw process.ended();
        }
    }

    @Override
    public boolean alive() {
        return process.alive();
    }

    @Override
    public List<ProcessHandle> running() {
        return process.running();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.stop();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
