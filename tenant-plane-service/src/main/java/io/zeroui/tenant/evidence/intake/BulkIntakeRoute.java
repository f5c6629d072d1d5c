package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.intake.BulkLimits;
import io.zeroui.runtime.intake.BulkStreams;
import io.zeroui.runtime.intake.LineIntake;
import io.zeroui.runtime.intake.StreamOrder;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.gate.AuthorisedRoute;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.LedgerPlace;
import io.zeroui.tenant.evidence.ReceiptIntake;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * {@code POST /v1/evidence/receipts/bulk}: NDJSON in, NDJSON out. A Vert.x route, because answers go out while the request
 * still comes in; its description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class BulkIntakeRoute implements AuthorisedRoute {

    private static final String PATH = "/v1/evidence/receipts/bulk";

    private final ReceiptIntake intake;
    private final TenantAccess tenants;
    private final RateLimits limits;
    private final BulkStreams streams;

    BulkIntakeRoute(ReceiptIntake intake, TenantAccess tenants, IntakeConfig config, RateLimits limits, ObjectMapper mapper,
            ErrorForms forms) {
        this.intake = intake;
        this.tenants = tenants;
        this.limits = limits;
        this.streams = new BulkStreams(new BulkLimits(config.maxLineBytes(), config.batchLines(), config.batchBytes(),
                config.batchesInFlight(), config.maxStreams(), config.streamsPerTenant(), config.lineTime()), mapper, forms);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Permission permission() {
        return Permission.EVIDENCE_WRITE;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        streams.serve(routing, () -> {
            TenantId tenant = tenants.get(routing, caller, Permission.EVIDENCE_WRITE_ALL);
            return new BulkStreams.Owner(tenant.value(), new Lines(intake, tenant, new StreamOrder()),
                    limits.account(RateLimit.INGEST, caller, permission(), tenant.value()));
        });
    }

    /** One stream's way into its tenant's ledger. */
    private record Lines(ReceiptIntake intake, TenantId tenant, StreamOrder order) implements LineIntake<LedgerPlace> {

        @Override
        public Uni<List<SubmitOutcome<LedgerPlace>>> submit(List<byte[]> lines) {
            return intake.submitBatch(tenant, lines, order);
        }

        @Override
        public Uni<Boolean> ready() {
            return intake.ready(tenant);
        }
    }
}
