package io.zeroui.contracts.policy.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one released version, the {@code custom} object of its target:
 * {@code {"order":7,"rollout":{"basis_points":2500,"edges":[],"repos":[]},"fail_mode":"closed","killed_until":"…"}}.
 *
 * @param order of releases of the tenant: of several versions for one edge the one released last counts
 * @param rollout whom it is for
 * @param failMode what a gate does without it
 * @param killedUntil the policy is switched off until then; null where it is not
 */
public record ReleaseTerms(long order, Rollout rollout, FailMode failMode, @Nullable Instant killedUntil) {

    public ReleaseTerms {
        if (order < 1) {
            throw new IllegalArgumentException("the order of releases begins at 1");
        }
    }

    /** As a target has it. */
    public ObjectNode write() {
        ObjectNode custom = JsonNodeFactory.instance.objectNode().put("order", order).put("fail_mode", failMode.key());
        ObjectNode reach = custom.putObject("rollout").put("basis_points", rollout.basisPoints());
        rollout.edges().stream().map(EdgeId::value).sorted().forEach(reach.putArray("edges")::add);
        rollout.repos().stream().map(RepoId::value).sorted().forEach(reach.putArray("repos")::add);
        Instant killed = killedUntil;
        if (killed != null) {
            custom.put("killed_until", killed.toString());
        }
        return custom;
    }

    /**
     * Reads {@link #write()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ReleaseTerms read(JsonNode custom) {
        JsonNode order = custom.path("order");
        JsonNode share = custom.path("rollout").path("basis_points");
        if (!order.canConvertToLong() || !order.isIntegralNumber() || !share.canConvertToInt() || !share.isIntegralNumber()) {
            throw new IllegalArgumentException("terms of a release without order or rollout");
        }
        JsonNode killed = custom.path("killed_until");
        try {
            return new ReleaseTerms(order.longValue(), new Rollout(share.intValue(), names(custom, "edges", EdgeId::of),
                    names(custom, "repos", RepoId::of)), FailMode.ofKey(custom.path("fail_mode").asText()),
                    killed.isMissingNode() ? null : Instant.parse(killed.asText()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("terms of a release with a time that is none", e);
        }
    }

    private static <T> Set<T> names(JsonNode custom, String member, Function<String, T> of) {
        return StreamSupport.stream(custom.path("rollout").path(member).spliterator(), false).map(JsonNode::asText).map(of)
                .collect(Collectors.toUnmodifiableSet());
    }
}
