package io.zeroui.ide.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.ide.flags.FeatureFlag.NoTargetingKey;
import io.zeroui.ide.flags.FeatureFlag.Outcome;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import io.zeroui.ide.policy.EdgePolicies;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Flags as OFREP answers them. A flag that is killed, or stale with the fail mode {@code closed}, is its default variant, with the reason
 * {@code DISABLED}; a stale one with the fail mode {@code open} is evaluated as ever.
 */
@ApplicationScoped
class FlagAnswers {

    private final EdgePolicies policies;
    private final Clock clock;

    FlagAnswers(EdgePolicies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** An answer of the protocol. */
    record Answer(Status status, ObjectNode body) {
    }

    /** A failure in the protocol's form, of a request for one flag. */
    static Answer failure(Status status, String key, String code, String details) {
        return new Answer(status, JsonNodeFactory.instance.objectNode().put("key", key).put("errorCode", code).put("errorDetails", details));
    }

    /** One flag. */
    Answer one(String key, JsonNode context) {
        ActivePolicy policy = policies.active().byId().get(key);
        return policy == null || !isFlag(policy) ? failure(Status.NOT_FOUND, key, "FLAG_NOT_FOUND", "No flag of that key is for this edge")
                : answer(policy, context, policies.status().fresh(), clock.instant());
    }

    /** All of them, in the order of their keys. */
    List<ObjectNode> all(JsonNode context) {
        boolean fresh = policies.status().fresh();
        Instant now = clock.instant();
        List<ObjectNode> flags = new ArrayList<>();
        policies.active().all().stream().filter(FlagAnswers::isFlag).forEach(policy -> flags.add(answer(policy, context, fresh, now).body()));
        return flags;
    }

    private static boolean isFlag(ActivePolicy policy) {
        return policy.snapshot().path("metadata").path("type").asText().equals(FeatureFlag.TYPE);
    }

    private static Answer answer(ActivePolicy policy, JsonNode context, boolean fresh, Instant now) {
        String key = policy.id().policyId();
        Instant killedUntil = policy.terms().killedUntil();
        boolean isOff = killedUntil != null && now.isBefore(killedUntil) || !fresh && policy.terms().failMode() == FailMode.CLOSED;
        try {
            FeatureFlag flag = FeatureFlag.read(policy.snapshot().path("policy_content"));
            Outcome outcome = isOff ? flag.byDefault("DISABLED") : flag.evaluate(key, context);
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key).put("reason", outcome.reason()).put("variant", outcome.variant());
            body.set("value", outcome.value());
            body.putObject("metadata").put("policy_version_id", policy.id().id()).put("snapshot_hash", policy.snapshotHash());
            return new Answer(Status.OK, body);
        } catch (NoTargetingKey e) {
            return failure(Status.BAD_REQUEST, key, "TARGETING_KEY_MISSING", "The flag is on for a share, and the context has no targetingKey");
        } catch (IllegalArgumentException e) {
            return failure(Status.BAD_REQUEST, key, "PARSE_ERROR", "The flag's content: " + e.getMessage());
        }
    }
}
