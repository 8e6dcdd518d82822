package org.tierstock.integration.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.OneSku;
import org.tierstock.local.LayerDatabase;

/** The stock key at the real service: what is asked of it, and what its ledger says. */
final class Key {
    private static final int NOT_FOUND = 404;
    private static final int INSUFFICIENT = 409;

    private final OneSku sold;
    private final LayerDatabase database;

    Key(OneSku sold, LayerDatabase database) {
        this.sold = sold;
        this.database = database;
    }

    /** Asks the service. */
    Answer ask(LayerClient sales, Request request) {
        return switch (request) {
            case Request.Place place -> placed(sales.post("/v1/orders", sold.order(place.order(), place.units())));
            case Request.Pay pay ->
                paid(sales.post(path(pay.order()) + "/payment", Map.of("paymentNumber", pay.payment())));
            case Request.Cancel cancel -> cancelled(sales.post(path(cancel.order()) + "/cancellation", body(cancel)));
            case Request.Show show -> {
                LayerClient.Answer answer = sales.get(path(show.order()));
                yield answer.done() ? Answer.known(answer.body().get("state").asText()) : refused(answer);
            }
            case Request.Look look -> Answer.known("sellable " + sold.sellable(sales));
        };
    }

    private String path(String order) {
        return "/v1/orders/" + sold.channel() + ':' + order;
    }

    private static Map<String, Object> body(Request.Cancel cancel) {
        return cancel.units() == 0
                ? Map.of("cancellationNumber", cancel.cancellation(), "reasonCode", "BUYER")
                : Map.of(
                        "cancellationNumber",
                        cancel.cancellation(),
                        "reasonCode",
                        "BUYER",
                        "lines",
                        List.of(Map.of("line", 1, "quantity", cancel.units())));
    }

    private static Answer placed(LayerClient.Answer answer) {
        if (answer.done()) {
            return new Answer(answer.status(), "placed");
        }
        if (answer.status() == INSUFFICIENT && answer.code().equals("INSUFFICIENT_STOCK")) {
            JsonNode line = answer.body().at("/lines/0");
            return Answer.refused(
                    INSUFFICIENT,
                    "INSUFFICIENT_STOCK asked " + line.get("asked") + " sellable " + line.get("sellable"));
        }
        return refused(answer);
    }

    private static Answer paid(LayerClient.Answer answer) {
        if (!answer.done()) {
            return refused(answer);
        }
        String reason = answer.body().path("reason").asText("");
        String outcome = answer.body().get("outcome").asText();
        return new Answer(answer.status(), reason.isEmpty() ? outcome : outcome + ' ' + reason);
    }

    /** Whether the layer below has carried out what it was asked to is no matter of this key. */
    private static Answer cancelled(LayerClient.Answer answer) {
        if (!answer.done()) {
            return refused(answer);
        }
        long cancelled = 0;
        long refused = 0;
        for (JsonNode line : answer.body().get("lines")) {
            cancelled += line.get("done").asLong() + line.get("pending").asLong();
            refused += line.get("refused").asLong();
        }
        return new Answer(answer.status(), "cancelled " + cancelled + " refused " + refused);
    }

    private static Answer refused(LayerClient.Answer answer) {
        return Answer.refused(answer.status(), answer.status() == NOT_FOUND ? "NOT_FOUND" : answer.code());
    }

    /**
     * Everything that moved the key's stock so far, in order: who moves it draws the movements' numbers while the row is
     * locked, and holds the lock until the commit.
     */
    List<Posting> ledger() {
        List<Posting> postings = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT document_kind, document_number, from_bucket, to_bucket, quantity
                        FROM ledger
                        WHERE from_row IN (SELECT row_id FROM stock WHERE sku = ?)
                           OR to_row IN (SELECT row_id FROM stock WHERE sku = ?)
                        ORDER BY movement_id
                        """)) {
            statement.setString(1, sold.sku());
            statement.setString(2, sold.sku());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    postings.add(posting(row));
                }
            }
        } catch (SQLException e) {
            throw new OracleFailure("The ledger cannot be read", e);
        }
        return postings;
    }

    private static Posting posting(ResultSet row) throws SQLException {
        String kind = row.getString("document_kind");
        String number = row.getString("document_number");
        return switch (kind) {
            case "SALES_ORDER", "PAYMENT", "CANCELLATION" ->
                new Posting.Moved(kind + ' ' + number.substring(number.indexOf(':') + 1));
            default -> {
                long in = row.getString("to_bucket").equals("SELLABLE") ? row.getLong("quantity") : 0;
                long out = row.getString("from_bucket").equals("SELLABLE") ? row.getLong("quantity") : 0;
                yield new Posting.Supplied(kind + ' ' + number, in - out);
            }
        };
    }
}
