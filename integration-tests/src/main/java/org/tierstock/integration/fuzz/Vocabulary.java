package org.tierstock.integration.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Values that make sense for a field of a name, so that some documents get past the first checks.
 *
 * @param texts by the field's name as JSON writes it
 * @param entities whose code is meant by a path's parameter named {@code code}, by the word before it
 * @param isWhole whether only what is known is said, and of numbers the least
 */
record Vocabulary(Map<String, List<String>> texts, Map<String, String> entities, boolean isWhole) {
    private static final int SMALL = 5;
    private static final long LONG_HOLD_SECONDS = 1_000_000;
    private static final long MUCH = 10_000;
    private static final int NEW_NUMBERS = 1_000_000;
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final Set<String> MARKS = Set.of("line", "orderLine", "document_line", "epoch");

    Vocabulary {
        texts = Map.copyOf(new TreeMap<>(texts));
        entities = Map.copyOf(entities);
    }

    Vocabulary(Map<String, List<String>> texts, Map<String, String> entities) {
        this(texts, entities, false);
    }

    /** The words of documents that are to be taken. */
    Vocabulary whole() {
        return new Vocabulary(texts, entities, true);
    }

    /** A text for a field; mostly one that somebody knows. */
    String text(String field, Dice dice) {
        List<String> known = texts.get(camel(field));
        return known == null || stray(dice) ? "FZ-" + dice.below(NEW_NUMBERS) : dice.of(known);
    }

    private boolean stray(Dice dice) {
        return !isWhole && dice.onceIn(12);
    }

    /** A whole number for a field. Nothing that is accepted may change by itself while others are refused. */
    long number(String field, Dice dice) {
        if (camel(field).equals("holdSeconds")) {
            return LONG_HOLD_SECONDS;
        }
        if (field.equals("counted")) {
            // A count of a few units would take from most other documents what they need.
            return MUCH + dice.below(SMALL);
        }
        return isWhole || MARKS.contains(camel(field)) ? 1 : 1 + dice.below(SMALL);
    }

    /** The value of a parameter in a path, which goes by the collection it stands behind. */
    String parameter(String path, String name, Dice dice) {
        int at = path.indexOf("/{" + name + '}');
        String collection = path.substring(path.lastIndexOf('/', at - 1) + 1, at);
        String known = entities.get(collection);
        return known == null || stray(dice) ? text(name, dice) : known;
    }

    private static String camel(String field) {
        return UNDERSCORE.matcher(field).replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
    }
}
