package org.tierstock.runtime.fence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while it is not known whether the database was set back: another replica may be open. When it is known that it
 * was, all replicas are fenced alike, and whoever reads or repairs must get through to one.
 */
@Readiness
@ApplicationScoped
public class FenceIsOpen implements HealthCheck {
    private final Fence fence;

    @Inject
    public FenceIsOpen(Fence fence) {
        this.fence = fence;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Fence is open")
                .status(fence.isOpen() || fence.isSetBack())
                .withData("open", fence.isOpen())
                .withData("reason", fence.reason())
                .build();
    }
}
