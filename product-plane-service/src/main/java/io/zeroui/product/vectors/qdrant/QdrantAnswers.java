package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.vectors.qdrant.wire.WireAnswer;
import io.zeroui.product.vectors.qdrant.wire.WireBody;
import io.zeroui.runtime.bodies.BodyConfig;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Reads a request's body and answers it: finds its tenant, keeps its timeout and writes the envelope. */
@ApplicationScoped
class QdrantAnswers {

    private static final int TIMEOUT = 408;
    private static final int TOO_LARGE = 413;
    /** JSON takes some ten times its bytes while it is read: of larger bodies a few are read at once, the others wait for their turn. */
    private static final int SMALL_BYTES = 65_536;
    private static final int LARGE_AT_ONCE = 3;

    private final TenantAccess tenants;
    private final BodyConfig bodies;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);

    QdrantAnswers(TenantAccess tenants, BodyConfig bodies) {
        this.tenants = tenants;
        this.bodies = bodies;
    }

    /** What a body means, read on a thread that may wait; 413 where it is too long, 400 where it is not JSON. */
    <T> T body(InputStream body, Function<JsonNode, T> meaning) {
        byte[] bytes;
        try {
            bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, bodies.maxBytes() + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > bodies.maxBytes()) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A body has at most " + bodies.maxBytes() + " bytes", Map.of());
        }
        if (bytes.length <= SMALL_BYTES) {
            return meaning.apply(WireBody.parse(bytes));
        }
        large.acquireUninterruptibly();
        try {
            return meaning.apply(WireBody.parse(bytes));
        } finally {
            large.release();
        }
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
