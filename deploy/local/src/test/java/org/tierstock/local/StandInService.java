package org.tierstock.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands in for a layer's service: answers the readiness probe, and tells each environment variable that it was given. */
final class StandInService {

    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("STAND_IN_FAILS") != null) {
            System.err.println("the migration failed");
            System.exit(1);
        }
        listen("QUARKUS_HTTP_PORT");
        listen("QUARKUS_MANAGEMENT_PORT");
    }

    private static void listen(String portVariable) throws IOException {
        int port = Integer.parseInt(System.getenv(portVariable));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            String variable = exchange.getRequestURI().getPath().substring(1);
            byte[] body = System.getenv().getOrDefault(variable, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Makes a repository in which every layer's service is this one. */
    static void buildAll(Path repository) throws IOException {
        for (Layer layer : Layer.values()) {
            Path jar = layer.application(repository);
            Files.createDirectories(jar.getParent());
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
            String entry = StandInService.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                output.putNextEntry(new JarEntry(entry));
                output.write(StandInService.class
                        .getClassLoader()
                        .getResourceAsStream(entry)
                        .readAllBytes());
            }
        }
    }
}
