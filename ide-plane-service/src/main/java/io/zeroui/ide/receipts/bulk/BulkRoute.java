package io.zeroui.ide.receipts.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.ide.receipts.intake.ReceiptLog;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/receipts/bulk}: NDJSON in, NDJSON out. A Vert.x route, because answers go out while the request still
 * comes in; its description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class BulkRoute implements AuthorisedRoute {

    private static final String PATH = "/v1/receipts/bulk";

    private final ReceiptLog log;
    private final RateLimits limits;
    private final BulkStreams streams;

    BulkRoute(ReceiptLog log, ReceiptsConfig config, RateLimits limits, ObjectMapper mapper, ErrorForms forms) {
        this.log = log;
        this.limits = limits;
        this.streams = new BulkStreams(new BulkLimits(config.maxLineBytes(), config.batchLines(), config.batchBytes(),
                config.batchesInFlight(), config.maxStreams(), config.maxStreams(), config.lineTime()), mapper, forms);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Permission permission() {
        return Permission.RECEIPTS_WRITE;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        streams.serve(routing, () -> {
            TenantId owner = TenantAccess.owner(caller, Permission.RECEIPTS_WRITE_ALL);
            return new BulkStreams.Owner(caller.subject(), new Lines(log, owner, new StreamOrder()),
                    limits.account(RateLimit.INGEST, caller, permission(), null));
        });
    }

    /** One stream's way into the log; its lines claim their ids in the order of the stream. */
    private record Lines(ReceiptLog log, @Nullable TenantId owner, StreamOrder order) implements LineIntake<StoredReceipt> {

        @Override
        public Uni<List<SubmitOutcome<StoredReceipt>>> submit(List<byte[]> lines) {
            return log.submit(lines, owner, order);
        }

        @Override
        public Uni<Boolean> ready() {
            return log.ready();
        }
    }
}
