package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;

/** A stock row of the dispatch layer. */
public sealed interface Place {
    /** The cell whose goods these are. */
    Cell cell();

    /** The text form that movement queries show. */
    String text();

    /** A cell's own row: everything but what is promised to channels. */
    record Node(Cell cell) implements Place {
        public Node {
            Objects.requireNonNull(cell, "cell");
        }

        @Override
        public String text() {
            return cell.text();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The part of a cell's goods that backs the promise to a channel key. */
    record Backing(Cell cell, ChannelKey key) implements Place {
        public Backing {
            Objects.requireNonNull(cell, "cell");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public String text() {
            return cell.text() + '>' + key.text();
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
