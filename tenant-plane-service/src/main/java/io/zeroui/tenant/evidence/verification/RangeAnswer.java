package io.zeroui.tenant.evidence.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a page of checks found.
 *
 * @param valid whether every receipt of the page holds, and none is missing
 * @param items the verdicts
 * @param totals of this page
 * @param chains what the page has of each hash chain
 * @param notFound ids that the tenant's ledger does not have
 * @param nextCursor asks for the next page; absent at the end
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RangeAnswer(boolean valid, List<VerificationAnswer> items, Totals totals, List<Chain> chains,
        List<String> notFound, @Nullable String nextCursor) {

    /**
     * Counts of a page.
     *
     * @param signatures number of receipts by {@code signature_verification_status}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Totals(int checked, int valid, int hashInvalid, int signatureInvalid, int chainInvalid,
            Map<String, Integer> signatures) {
    }

    /**
     * A stretch of a chain.
     *
     * @param receipts how many of it are in the page
     * @param continuous whether each follows from the one before it, and none between the first and the last is outside the page
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Chain(String chainId, long firstPosition, long lastPosition, int receipts, boolean continuous) {
    }

    public RangeAnswer {
        items = List.copyOf(items);
        chains = List.copyOf(chains);
        notFound = List.copyOf(notFound);
    }

    static RangeAnswer of(List<VerificationAnswer> items, List<String> notFound, @Nullable String nextCursor) {
        Totals totals = totals(items);
        return new RangeAnswer(totals.valid() == items.size() && notFound.isEmpty(), items, totals, chains(items), notFound,
                nextCursor);
    }

    private static Totals totals(List<VerificationAnswer> items) {
        Map<String, Integer> signatures = new TreeMap<>();
        items.forEach(item -> signatures.merge(item.signatureVerificationStatus(), 1, Integer::sum));
        return new Totals(items.size(), count(items.stream().filter(VerificationAnswer::valid).toList()),
                count(items.stream().filter(item -> !item.hashValid()).toList()),
                count(items.stream().filter(item -> !item.signatureValid()).toList()),
                count(items.stream().filter(item -> !item.chainValid()).toList()), signatures);
    }

    private static int count(List<VerificationAnswer> items) {
        return items.size();
    }

    private static List<Chain> chains(List<VerificationAnswer> items) {
        Map<String, List<VerificationAnswer>> byChain = new LinkedHashMap<>();
        items.forEach(item -> byChain.computeIfAbsent(item.chainId(), id -> new ArrayList<>()).add(item));
        List<Chain> chains = new ArrayList<>();
        byChain.forEach((id, some) -> {
            long first = some.stream().mapToLong(VerificationAnswer::chainPosition).min().orElseThrow();
            long last = some.stream().mapToLong(VerificationAnswer::chainPosition).max().orElseThrow();
            chains.add(new Chain(id, first, last, some.size(),
                    last - first + 1 == some.size() && some.stream().allMatch(VerificationAnswer::chainValid)));
        });
        return chains;
    }
}
