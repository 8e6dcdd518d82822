package org.tierstock.dispatch.domain;

import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.protocol.ToSales;

/**
 * A paid quantity that goes back to the sales layer.
 *
 * @param quantity units of the line that are reversed; 0 when only a refusal is told
 * @param regranted how many of them may be sold again
 * @param cancel the cancel that it serves; null when the shortage was given up by a person
 * @param refused units of the cancel that can no longer be cancelled
 */
public record Reversal(
        LineNumber line,
        ChannelKey key,
        long quantity,
        long regranted,
        ToSales.Cause cause,
        String cancel,
        long refused) {
    /** The message that tells it, under that reversal number. */
    public ToSales.SaleReversed message(String number) {
        return new ToSales.SaleReversed(
                number, line.order(), line.line(), key, quantity, regranted, cause, cancel, refused);
    }
}
