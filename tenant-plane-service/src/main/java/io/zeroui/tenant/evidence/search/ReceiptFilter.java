package io.zeroui.tenant.evidence.search;

import io.zeroui.contracts.policy.claims.PolicyStanding;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.contracts.receipts.EvaluationPoint;
import io.zeroui.contracts.receipts.ReceiptKind;
import io.zeroui.tenant.evidence.index.SignatureStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a receipt must be equal in to be found; the member of the request has the name of the column. */
public enum ReceiptFilter {
    PLANE,
    ENVIRONMENT,
    GATE_ID,
    MODULE_ID,
    /** One of the policies that were active. */
    POLICY_VERSION_ID,
    STATUS(DecisionStatus.values(), DecisionStatus::key),
    SEVERITY,
    REPO_ID,
    EVALUATION_POINT(EvaluationPoint.values(), EvaluationPoint::key),
    KIND(ReceiptKind.values(), ReceiptKind::key),
    ACTOR_TYPE(List.of("human", "ai", "ai_agent", "automated", "service")),
    CHAIN_ID,
    PARENT_RECEIPT_ID,
    EMITTER_SERVICE,
    SIGNATURE_STATUS(SignatureStatus.values(), SignatureStatus::key),
    /** How its claim of policies stands to what was released. */
    POLICY_STANDING(PolicyStanding.values(), PolicyStanding::key);

    /** A chain id has four parts of at most 128 characters. */
    private static final int MAX_LENGTH = 520;

    private final String member = name().toLowerCase(Locale.ROOT);
    private final Set<String> words;

    ReceiptFilter() {
        this(List.of());
    }

    <T> ReceiptFilter(T[] words, Function<T, String> key) {
        this(Arrays.stream(words).map(key).toList());
    }

    ReceiptFilter(List<String> words) {
        this.words = Set.copyOf(words);
    }

    /** Name in requests. */
    public String member() {
        return member;
    }

    /** What is wrong with a value, in words that do not quote it; null when it is good. */
    @Nullable
    String fault(String value) {
        if (!words.isEmpty()) {
            return words.contains(value) ? null
                    : "must be one of " + new TreeSet<>(words).stream().collect(Collectors.joining(", "));
        }
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            return "must have 1 to " + MAX_LENGTH + " characters";
        }
        boolean odd = value.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        return odd ? "must not contain control characters" : null;
    }
}
