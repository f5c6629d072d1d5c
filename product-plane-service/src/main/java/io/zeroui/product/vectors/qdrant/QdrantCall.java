package io.zeroui.product.vectors.qdrant;

import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request may have beside its body. A write is always waited for and at once seen by everybody, so that each {@code wait},
 * {@code ordering} and {@code consistency} is kept; a request that takes longer than its {@code timeout} is answered 408.
 */
public class QdrantCall {

    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final Set<String> ORDERINGS = Set.of("weak", "medium", "strong");
    private static final Set<String> CONSISTENCIES = Set.of("majority", "quorum", "all");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Whether to wait for a write. */
    @QueryParam("wait")
    public @Nullable String wait;

    /** Order of writes. */
    @QueryParam("ordering")
    public @Nullable String ordering;

    /** Copies that must agree. */
    @QueryParam("consistency")
    public @Nullable String consistency;

    /** Seconds. */
    @QueryParam("timeout")
    public @Nullable String timeout;

    /** The tenant, for a key of the whole plane. */
    @HeaderParam(TenantAccess.HEADER)
    public @Nullable String tenant;

    /** How long the answer may take; 400 where one of the parameters is none. */
    Duration patience() {
        one("wait", wait, TRUTHS);
        one("ordering", ordering, ORDERINGS);
        if (consistency != null && !consistency.matches("[0-9]{1,9}")) {
            one("consistency", consistency, CONSISTENCIES);
        }
        if (timeout == null) {
            return LONGEST;
        }
        if (!timeout.matches("[0-9]{1,9}") || timeout.matches("0+")) {
            throw VectorProblem.invalid("timeout", "must be a whole number of seconds from 1");
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(timeout));
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }

    private static void one(String name, @Nullable String value, Set<String> known) {
        if (value != null && !known.contains(value)) {
            throw VectorProblem.invalid(name, "must be one of " + String.join(", ", known.stream().sorted().toList()));
        }
    }
}
