package org.tierstock.runtime.documents;

import java.util.List;

/** Gives document numbers that no replica and no restored history gives again (11.8). */
public interface DocumentNumbers {
    /**
     * New numbers of the form PREFIX-epoch-n, in rising order.
     *
     * @param prefix two or three capital letters that name the kind, such as GR for a grant
     */
    List<String> next(String prefix, int count);
}
