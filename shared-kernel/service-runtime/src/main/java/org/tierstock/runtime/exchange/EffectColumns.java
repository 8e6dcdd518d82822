package org.tierstock.runtime.exchange;

import java.util.stream.Collectors;
import org.tierstock.movements.protocol.Message;

/**
 * How a message's effects travel in a bulk statement, whose parameters are arrays of plain texts: joined, and split again
 * into array columns by the statement. Keys never hold the separator, a control character.
 */
final class EffectColumns {
    private static final String SEPARATOR = "\u001f";

    private EffectColumns() {}

    static String keys(Message message) {
        return message.effects().stream().map(Message.Effect::key).collect(Collectors.joining(SEPARATOR));
    }

    static String quantities(Message message) {
        return message.effects().stream()
                .map(effect -> Long.toString(effect.quantity()))
                .collect(Collectors.joining(","));
    }
}
