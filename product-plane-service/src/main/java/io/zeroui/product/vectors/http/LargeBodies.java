package io.zeroui.product.vectors.http;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets few large bodies be read at once: as a tree of JSON each takes many times its length. */
@ApplicationScoped
class LargeBodies {

    private static final int LARGE_BYTES = 512 * 1_024;
    private static final int PER_TENANT = 2;
    private static final int MOST = 4;

    private final Bulkhead places = new Bulkhead(PER_TENANT, MOST);

    /** Does it; 503 where the body is large and as many are being read. */
    <T> Uni<T> read(TenantId tenant, byte @Nullable [] body, Supplier<Uni<T>> work) {
        if (body == null || body.length < LARGE_BYTES) {
            return work.get();
        }
        if (!places.tryTake(tenant.value())) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many large bodies are being read at once; try again");
        }
        boolean begun = false;
        try {
            Uni<T> reading = work.get().onTermination().invoke(() -> places.giveBack(tenant.value()));
            begun = true;
            return reading;
        } finally {
            if (!begun) {
                places.giveBack(tenant.value());
            }
        }
    }
}
