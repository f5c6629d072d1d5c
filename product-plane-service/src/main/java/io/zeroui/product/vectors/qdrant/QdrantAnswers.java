package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.vectors.qdrant.wire.WireAnswer;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** Answers a request: finds its tenant, keeps its timeout and writes the envelope. */
@ApplicationScoped
class QdrantAnswers {

    private static final int TIMEOUT = 408;

    private final TenantAccess tenants;

    QdrantAnswers(TenantAccess tenants) {
        this.tenants = tenants;
    }

    /** To what is read. */
    Uni<ObjectNode> read(QdrantCall call, Function<TenantId, Uni<? extends JsonNode>> work) {
        return answer(call, Permission.VECTORS_READ_ALL, work);
    }

    /** To a change of points. */
    Uni<ObjectNode> write(QdrantCall call, Function<TenantId, Uni<? extends JsonNode>> work) {
        return answer(call, Permission.VECTORS_WRITE_ALL, work);
    }

    /** To a change of collections. */
    Uni<ObjectNode> administer(QdrantCall call, Function<TenantId, Uni<? extends JsonNode>> work) {
        return answer(call, Permission.VECTORS_ADMIN_ALL, work);
    }

    private Uni<ObjectNode> answer(QdrantCall call, Permission all, Function<TenantId, Uni<? extends JsonNode>> work) {
        long begun = System.nanoTime();
        Duration patience = call.patience();
        TenantId tenant = tenants.get(call.tenant, all, TenantAccess.HEADER);
        return work.apply(tenant)
                .ifNoItem().after(patience).failWith(() -> late(patience))
                .map(result -> WireAnswer.envelope(result, (System.nanoTime() - begun) / 1e9));
    }

    private static ProblemException late(Duration patience) {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, TIMEOUT, "The operation did not end within " + patience.toSeconds()
                + " s; a change may still be made", Map.of());
    }
}
