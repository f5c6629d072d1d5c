package io.zeroui.tenant.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The plane is ready when its ledgers are recovered. */
@ApplicationScoped
@Readiness
class LedgerReadiness implements HealthCheck {

    private final LedgerStart start;

    LedgerReadiness(LedgerStart start) {
        this.start = start;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("evidence-ledger")
                .status(start.isRecovered())
                .withData("state", start.state())
                .build();
    }
}
