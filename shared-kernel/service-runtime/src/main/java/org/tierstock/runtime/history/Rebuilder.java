package org.tierstock.runtime.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** How a layer makes good what its database has lost. A service has one. */
public interface Rebuilder {
    /**
     * Has the effects of what was lost. It may be asked again with the same, wholly or in part: what was made good before
     * has no second effect.
     *
     * @return what could not be made good, a sentence each, for a person
     */
    List<String> rebuild(LostHistory lost);

    /**
     * Makes parts good one by one, each in a transaction of its own. A part that does not fit is left as it is, and holds up
     * no other.
     *
     * @param name what a person calls the part
     * @return what is left, a sentence for each part
     */
    static <P> List<String> partByPart(List<P> parts, Function<P, String> name, Consumer<P> rebuild) {
        List<String> left = new ArrayList<>();
        for (P part : parts) {
            try {
                rebuild.accept(part);
            } catch (RuntimeException e) {
                Logger.getLogger(Rebuilder.class).warnf(e, "What was lost of %s is not made good", name.apply(part));
                left.add(name.apply(part) + ": " + e.getMessage());
            }
        }
        return left;
    }
}
