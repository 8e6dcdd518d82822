package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.tierstock.dispatch.application.port.Acknowledgements;
import org.tierstock.runtime.exchange.AppliedPosition;

/** Remembers how far the sales layer has applied this layer's streams. */
@ApplicationScoped
public class AcknowledgeStreams {
    private final Acknowledgements acknowledgements;

    @Inject
    public AcknowledgeStreams(Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    /** Stores what is further than what was stored before. */
    @Transactional
    public void acknowledge(List<AppliedPosition> applied) {
        acknowledgements.raise(applied);
    }
}
