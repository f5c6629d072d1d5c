package io.zeroui.tenant.context;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.zeroui.contracts.context.ContextKind;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseChoice;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.policy.TenantPolicies;
import io.zeroui.tenant.policy.TenantPolicies.Mirrored;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's policies say of exports. Those of the type {@code context-export} count that are released for everyone, with the content
 * {@code {"exports":"forbid"}} or {@code {"forbidden_kinds":["conversation"]}}; one that only observes forbids nothing, one with another content
 * forbids everything, and so does one that is switched off and fails closed.
 */
@ApplicationScoped
class ContextPolicies {

    /** The type of the policies that count. */
    static final String TYPE = "context-export";

    private static final int RETRIES = 2;

    private final TenantPolicies policies;
    private final Clock clock;
    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    ContextPolicies(TenantPolicies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    private record Known(long release, List<Rule> rules) {
    }

    /** What one policy says; {@code kinds} null for all of them. */
    private record Rule(PolicyVersion policy, ReleaseTerms terms, @Nullable Set<String> kinds) {

        boolean forbids(ContextKind kind, Instant now) {
            Instant killed = terms.killedUntil();
            return killed != null && killed.isAfter(now) ? terms.failMode() == FailMode.CLOSED : kinds == null || kinds.contains(kind.key());
        }
    }

    /**
     * Which policy forbids exports of a kind; empty where none does.
     *
     * @throws ProblemException 503 when the policies cannot be read: nothing is exported then
     */
    Uni<Optional<PolicyVersion>> forbidding(TenantId tenant, ContextKind kind) {
        return policies.mirrored(tenant)
                .map(Unchecked.function(mirrored -> rules(tenant, mirrored)))
                .onFailure(PolicyRefused.class).retry().atMost(RETRIES) // another release came, and files of the last one are gone
                .onFailure(PolicyRefused.class).transform(damaged -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "The policies on the disk are not those that were signed: " + damaged.getMessage()))
                .map(rules -> rules.stream().filter(rule -> rule.forbids(kind, clock.instant())).map(Rule::policy).findFirst());
    }

    private List<Rule> rules(TenantId tenant, Mirrored mirrored) throws PolicyRefused {
        Known last = known.get(tenant);
        if (last != null && last.release() == mirrored.release()) {
            return last.rules();
        }
        List<Rule> rules = new ArrayList<>();
        for (Map.Entry<PolicyVersion, ReleaseTerms> one : ReleaseChoice.ofEveryone(mirrored.terms()).entrySet()) {
            JsonNode snapshot = mirrored.snapshot(one.getKey());
            JsonNode labels = snapshot.path("metadata");
            if (labels.path("type").asText().equals(TYPE) && !labels.path("enforcement").asText().equals(Enforcement.OBSERVE.key())) {
                rules.add(rule(one.getKey(), one.getValue(), snapshot.path("policy_content")));
            }
        }
        known.put(tenant, new Known(mirrored.release(), List.copyOf(rules)));
        return rules;
    }

    private static Rule rule(PolicyVersion policy, ReleaseTerms terms, JsonNode content) {
        JsonNode exports = content.path("exports");
        JsonNode kinds = content.path("forbidden_kinds");
        boolean isKnown = exports.isMissingNode() || List.of("allow", "forbid").contains(exports.asText());
        if (!isKnown || !kinds.isMissingNode() && !kinds.isArray() || exports.isMissingNode() && kinds.isMissingNode()
                || exports.asText().equals("forbid")) {
            return new Rule(policy, terms, null);
        }
        Set<String> forbidden = new HashSet<>();
        for (JsonNode kind : kinds) {
            if (!ContextKind.keys().contains(kind.asText())) {
                return new Rule(policy, terms, null);
            }
            forbidden.add(kind.asText());
        }
        return new Rule(policy, terms, Set.copyOf(forbidden));
    }
}
