package org.tierstock.integration.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One operation of a REST interface, as its OpenAPI describes it. */
final class RestEntry implements Entry {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    /** The server reads no longer first line of a request. */
    private static final int LONGEST_TARGET = 4_000;

    /** So that of each kind of document some are taken, also in a short campaign. */
    private static final int WHOLE_ONCE_IN = 8;

    /** Of three hundred. */
    private static final int HUGE_ONCE_IN = 4;

    private static final int FIRST_ERROR = 400;
    private static final int FIRST_FAILURE = 500;

    /** What the server says before a request has become one of the interface. */
    private static final Set<Integer> BEFORE_THE_INTERFACE = Set.of(400, 404, 405, 413, 414, 415, 417, 431, 501, 505);

    /** A path that has become another one may lead nowhere. */
    private static final Set<Integer> ELSEWHERE = Set.of(404, 405);

    private final String service;
    private final String method;
    private final String path;
    private final JsonNode described;
    private final Set<Integer> declared = new TreeSet<>();
    private final Documents documents;
    private final Vocabulary vocabulary;
    private final Wires wires;
    private final String token;

    /** A request, and how far it is still one of the interface. */
    private record Request(String head, byte[] body, boolean wellFormed, boolean elsewhere) {}

    private RestEntry(
            String service,
            String method,
            String path,
            JsonNode described,
            Documents documents,
            Vocabulary vocabulary,
            Wires wires,
            String token) {
        this.service = service;
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = path;
        this.described = described;
        this.documents = documents;
        this.vocabulary = vocabulary;
        this.wires = wires;
        this.token = token;
        described.path("responses").fieldNames().forEachRemaining(status -> declared.add(Integer.parseInt(status)));
    }

    /** Every operation under /v1 that a description names. */
    static List<RestEntry> of(String service, JsonNode description, Vocabulary vocabulary, Wires wires, String token) {
        Documents documents = new Documents(description, vocabulary);
        List<RestEntry> entries = new ArrayList<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (path.getKey().startsWith("/v1/") && METHODS.contains(method.getKey())) {
                        entries.add(new RestEntry(
                                service,
                                method.getKey(),
                                path.getKey(),
                                method.getValue(),
                                documents,
                                vocabulary,
                                wires,
                                token));
                    }
                }));
        return entries;
    }

    @Override
    public String name() {
        return service + ' ' + method + ' ' + path;
    }

    /** Whether a good request makes the service look through everything it has: one such is worth many others. */
    boolean asksForWork() {
        return method.equals("POST") && (path.equals("/v1/audits") || path.equals("/v1/reconciliations"));
    }

    @Override
    public Input input(Dice dice) {
        Request request = request(dice);
        byte[] bytes = BadText.joined(request.head().getBytes(StandardCharsets.ISO_8859_1), request.body());
        return new Input() {
            @Override
            public Verdict send() {
                try {
                    return judge(wires.exchange(bytes, request.wellFormed()), request);
                } catch (IOException e) {
                    // Who does not speak HTTP may find the connection closed.
                    return request.wellFormed()
                            ? new Verdict.Broken("no answer", "no answer: " + e)
                            : new Verdict.Harmless("closed");
                }
            }

            @Override
            public String text() {
                String head = request.head().replace(token, "TOKEN");
                return BadText.shown(head.getBytes(StandardCharsets.ISO_8859_1)) + ' ' + BadText.shown(request.body());
            }
        };
    }

    private Request request(Dice dice) {
        List<String> headers = new ArrayList<>(List.of("Host: " + wires.authority(), "Authorization: Bearer " + token));
        byte[] body = dice.onceIn(200) && !takesBody() ? dice.bytes(dice.below(100)) : new byte[0];
        String contentType = JSON;
        boolean whole = documented() && dice.onceIn(WHOLE_ONCE_IN);
        boolean badPlace = !whole && (!takesBody() || dice.onceIn(8));
        if (takesBody()) {
            JsonNode good = whole ? documents.whole(bodySchema(), dice) : documents.good(bodySchema(), dice);
            boolean isGood = whole || dice.onceIn(badPlace ? 2 : 40);
            body = isGood ? Documents.text(good).getBytes(StandardCharsets.UTF_8) : badBody(good, dice);
            if (!whole && dice.onceIn(30)) {
                contentType =
                        dice.of(List.of("text/plain", "application/xml", "", "nonsense", "application/json;charset=x"));
            }
        }
        Target target = target(badPlace, whole ? vocabulary.whole() : vocabulary, dice);
        boolean wellFormed = target.wellFormed();
        if (body.length > 0 || takesBody()) {
            if (!contentType.isEmpty()) {
                headers.add("Content-Type: " + contentType);
            }
            if (dice.onceIn(40)) {
                headers.add("Transfer-Encoding: chunked");
                body = chunked(body);
            } else {
                headers.add("Content-Length: " + body.length);
            }
        }
        if (!whole && dice.onceIn(25)) {
            wellFormed &= badHeader(headers, dice);
        }
        String head = method + ' ' + target.text() + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        return new Request(head, body, wellFormed, target.elsewhere());
    }

    /** Whether an input is a document of its own. Masters are not: wholly good ones would change the world of all inputs. */
    private boolean documented() {
        return method.equals("POST") && takesBody();
    }

    private boolean takesBody() {
        return described.has("requestBody");
    }

    private JsonNode bodySchema() {
        return described.at("/requestBody/content/application~1json/schema");
    }

    private byte[] badBody(JsonNode good, Dice dice) {
        int kind = dice.below(300);
        // One such costs as much as hundreds of others.
        if (kind == 0 && dice.onceIn(HUGE_ONCE_IN)) {
            return Documents.text(good)
                    .replaceFirst(":", ":" + BadText.huge() + ",\"more\":")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (kind < 15) {
            return dice.bytes(dice.below(500));
        }
        if (kind < 60) {
            return BadText.damaged(Documents.text(good).getBytes(StandardCharsets.UTF_8), dice);
        }
        if (kind < 75) {
            return (dice.onceIn(2) ? BadText.nested(dice) : dice.of(BadText.VALUES)).getBytes(StandardCharsets.UTF_8);
        }
        return documents.bad(good, dice).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunked(byte[] body) {
        byte[] end = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return body.length == 0
                ? end
                : BadText.joined(
                        (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII),
                        body,
                        "\r\n".getBytes(StandardCharsets.US_ASCII),
                        end);
    }

    /**
     * A path with its query.
     *
     * @param elsewhere whether it may no longer be the path of this operation
     */
    private record Target(String text, boolean wellFormed, boolean elsewhere) {}

    private Target target(boolean bad, Vocabulary words, Dice dice) {
        List<JsonNode> parameters = new ArrayList<>();
        described.path("parameters").forEach(parameters::add);
        String filled = path;
        boolean elsewhere = false;
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            String name = parameter.get("name").asText();
            boolean badHere = bad && dice.onceIn(2);
            if (parameter.get("in").asText().equals("path")) {
                String value = badHere ? dice.of(BadText.TEXTS) : words.parameter(path, name, dice);
                elsewhere |= value.isBlank() || value.contains(".") || value.contains("/") || value.contains("..");
                filled = filled.replace('{' + name + '}', encoded(value));
            } else if (parameter.get("in").asText().equals("query") && (badHere || dice.onceIn(3))) {
                String value = badHere ? dice.of(BadText.TEXTS) : queryValue(name, dice);
                query.add(name + '=' + encoded(value));
                if (dice.onceIn(10)) {
                    query.add(name + '=' + encoded(dice.of(BadText.TEXTS)));
                }
            }
        }
        String text = query.isEmpty() ? filled : filled + '?' + String.join("&", query);
        boolean wellFormed = text.length() < LONGEST_TARGET;
        if (bad && dice.onceIn(15)) {
            String raw = dice.of(List.of("%zz", "%", "%c0%af", "%ff", "%00", "\u00ff", "<", "\\", "\"", "{}", "a b"));
            wellFormed = false;
            text += (query.isEmpty() ? '?' : '&') + "cursor=" + raw;
        }
        return new Target(text, wellFormed, elsewhere);
    }

    private String queryValue(String name, Dice dice) {
        return switch (name) {
            case "limit" -> String.valueOf(dice.below(50));
            case "cursor", "from", "to" -> dice.of(BadText.TEXTS);
            default -> vocabulary.text(name, dice);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Adds or spoils a header; answers whether the request is still one by the rules of HTTP. */
    private static boolean badHeader(List<String> headers, Dice dice) {
        Consumer<String> add = headers::add;
        return switch (dice.below(10)) {
            case 0 -> spoilt(add, "If-Match: " + dice.of(List.of("\"nonsense\"", "*", "W/\"1\"", "\"", "-1")), true);
            case 1 -> spoilt(add, "Accept: " + dice.of(List.of("text/csv", "image/png", "nonsense", "*/*;q=x")), true);
            case 2 -> spoilt(add, "Idempotency-Key: " + "x".repeat(1_000), true);
            case 3 -> spoilt(add, "traceparent: 00-nonsense-\u00ff-01", true);
            case 4 -> spoilt(add, "X-Long: " + "x".repeat(30_000), false);
            case 5 -> spoilt(add, "Content-Length: -1", false);
            case 6 -> spoilt(add, "Content-Length: 99999999999999999999", false);
            case 7 -> spoilt(add, "no colon", false);
            case 8 -> spoilt(add, "Transfer-Encoding: nonsense", false);
            default -> spoilt(add, "Bad\u0000Name: \u0001", false);
        };
    }

    private static boolean spoilt(Consumer<String> headers, String header, boolean wellFormed) {
        headers.accept(header);
        return wellFormed;
    }

    private Verdict judge(Wire.Answer answer, Request request) {
        int status = answer.status();
        JsonNode body = json(answer);
        String code = body.path("code").asText("");
        String said = code.isEmpty() ? String.valueOf(status) : status + " " + code;
        if (status >= FIRST_FAILURE && (request.wellFormed() || !BEFORE_THE_INTERFACE.contains(status))) {
            return new Verdict.Broken(said, said + ", a failure of the service: " + body);
        }
        boolean expected = declared.contains(status)
                || request.elsewhere() && ELSEWHERE.contains(status)
                || !request.wellFormed() && BEFORE_THE_INTERFACE.contains(status);
        if (!expected) {
            return new Verdict.Broken(said, said + ", which the interface does not declare: " + body);
        }
        if (status >= FIRST_ERROR) {
            boolean problem = answer.contentType().startsWith(PROBLEM)
                    && code.matches("[A-Z][A-Z_]+")
                    && body.path("status").asInt() == status;
            return problem || !request.wellFormed()
                    ? new Verdict.Harmless(said)
                    : new Verdict.Broken(
                            said, said + " without a problem and its code: " + answer.contentType() + ' ' + body);
        }
        return method.equals("GET") || everyResultIsARefusal(body)
                ? new Verdict.Harmless(said)
                : new Verdict.Effective(said);
    }

    /** A batch whose items were all refused has done nothing. */
    private static boolean everyResultIsARefusal(JsonNode body) {
        JsonNode results = body.path("results");
        for (JsonNode result : results) {
            if (result.path("status").asInt() < FIRST_ERROR) {
                return false;
            }
        }
        return !results.isEmpty();
    }

    private static JsonNode json(Wire.Answer answer) {
        if (!answer.contentType().contains("json") || answer.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Documents.JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
