package io.zeroui.contracts.policy.release;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.policy.PolicyVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which versions an edge takes. */
public final class ReleaseChoice {

    private ReleaseChoice() {
    }

    /**
     * Of each policy the version that was released last among those that are for the edge; none of a policy that has none for it.
     *
     * @param released every version that is released
     * @param worksOn repositories that the edge has receipts of
     */
    public static Map<PolicyVersion, ReleaseTerms> of(Map<PolicyVersion, ReleaseTerms> released, EdgeId edge, Set<RepoId> worksOn) {
        return last(released, one -> one.getValue().rollout().includes(one.getKey().policyId(), edge, worksOn));
    }

    /** Of each policy the version that was released last among those that are for every edge; none of a policy that has none. */
    public static Map<PolicyVersion, ReleaseTerms> ofEveryone(Map<PolicyVersion, ReleaseTerms> released) {
        return last(released, one -> one.getValue().rollout().isForEveryone());
    }

    private static Map<PolicyVersion, ReleaseTerms> last(Map<PolicyVersion, ReleaseTerms> released,
            Predicate<Map.Entry<PolicyVersion, ReleaseTerms>> isFor) {
        Map<String, Map.Entry<PolicyVersion, ReleaseTerms>> chosen = new TreeMap<>();
        for (Map.Entry<PolicyVersion, ReleaseTerms> one : new TreeMap<>(released).entrySet()) {
            if (isFor.test(one)) {
                chosen.merge(one.getKey().policyId(), one, (other, last) -> other.getValue().order() > last.getValue().order() ? other : last);
            }
        }
        return chosen.values().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
