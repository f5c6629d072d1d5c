package io.zeroui.tenant.evidence.search;

import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.PolicyStanding;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.tenant.evidence.index.SignatureStatus;
import io.zeroui.tenant.evidence.requests.PageCursor;
import io.zeroui.tenant.evidence.search.SearchText.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions of a statement with their values, of which the first is the tenant. */
final class StoreConditions {

    private final Tuple values;

    StoreConditions(TenantId tenant) {
        values = Tuple.of(tenant.value());
    }

    /** The tenant's rows that are equal in all filters. */
    String equal(SearchFilters filters) {
        StringBuilder text = new StringBuilder("tenant_id = $1");
        filters.equal().forEach((filter, value) -> text.append(" AND ").append(equal(filter, value)));
        return text.toString();
    }

    private String equal(ReceiptFilter filter, String value) {
        return switch (filter) {
            case POLICY_VERSION_ID -> parameter(value) + " = ANY (policy_version_ids)";
            // As literals: the planner must know which they are to use the indexes of the rare ones.
            case STATUS -> "status = '" + Objects.requireNonNull(DecisionStatus.find(value)).key() + "'";
            case SIGNATURE_STATUS -> "signature_status = '" + SignatureStatus.valueOf(value.toUpperCase(Locale.ROOT)).key() + "'";
            case POLICY_STANDING -> "policy_standing = '" + standing(value).key() + "'";
            default -> filter.member() + " = " + parameter(value);
        };
    }

    private static PolicyStanding standing(String key) {
        return PolicyStanding.valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** From and to. */
    String times(SearchFilters filters) {
        Instant from = filters.from();
        Instant to = filters.to();
        return (from == null ? "" : " AND timestamp_utc >= " + time(from)) + (to == null ? "" : " AND timestamp_utc < " + time(to));
    }

    /** What is in the pinned ledger and behind the page before. */
    String behind(@Nullable PageCursor after) {
        return after == null ? ""
                : " AND ledger_sequence <= " + parameter(after.pin()) + " AND (timestamp_utc, ledger_sequence) < ("
                        + time(after.time()) + ", " + parameter(after.sequence()) + ")";
    }

    /**
     * That a row's receipt has the words and has not those that are excluded, each looked up by its key: {@code OFFSET 0} keeps the
     * planner from reading all receipts of a word instead.
     *
     * @param row alias of the table with the receipt's time and sequence
     * @param required some of the words
     */
    String words(String row, @Nullable Words words, List<String> required) {
        if (words == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        required.forEach(word -> text.append(" AND ").append(has(row, word)));
        words.excluded().forEach(all -> text.append(" AND NOT (")
                .append(all.stream().map(word -> has(row, word)).collect(Collectors.joining(" AND "))).append(')'));
        return text.toString();
    }

    private String has(String row, String word) {
        return """
                EXISTS (SELECT FROM {home}.receipt_words AS other WHERE other.tenant_id = $1 AND other.word = %2$s
                        AND other.timestamp_utc = %1$s.timestamp_utc AND other.ledger_sequence = %1$s.ledger_sequence OFFSET 0)
                """.formatted(row, parameter(word)).strip();
    }

    /**
     * Receipts in the order of the rarest word's entries, each looked up by its sequence. What they must be equal in belongs behind
     * it: within, a filter's index could be the way to each, and be read once for every entry.
     *
     * @param columns of the receipts
     */
    String byWord(String columns, SearchFilters filters, Words words, @Nullable PageCursor after) {
        Iterator<String> required = words.required().iterator();
        String first = parameter(required.next());
        return """
                (
                    SELECT driver.timestamp_utc AS word_time, driver.ledger_sequence AS word_sequence
                    FROM {home}.receipt_words AS driver
                    WHERE driver.tenant_id = $1 AND driver.word = %s%s%s%s
                ) AS hit
                CROSS JOIN LATERAL (
                    SELECT %s
                    FROM {home}.receipts_index
                    WHERE tenant_id = $1 AND ledger_sequence = hit.word_sequence
                    OFFSET 0
                ) AS receipt
                """.formatted(first, times(filters), behind(after), words("driver", words, rest(words)), columns);
    }

    private static List<String> rest(Words words) {
        return words.required().subList(1, words.required().size());
    }

    /**
     * The least number of rows that one of the filters lets pass in the time, of those that have an index of their own, each counted
     * up to {@code most}; null where there is none.
     */
    @Nullable
    String fewest(SearchFilters filters, int most) {
        List<String> counts = filters.equal().entrySet().stream().filter(filter -> isIndexed(filter.getKey(), filter.getValue()))
                .map(filter -> """
                        (SELECT count(*) FROM (
                            SELECT FROM {home}.receipts_index WHERE tenant_id = $1 AND %s%s LIMIT %d) AS counted)
                        """.formatted(equal(filter.getKey(), filter.getValue()), times(filters), most)).toList();
        return counts.isEmpty() ? null : "SELECT LEAST(" + String.join(", ", counts) + ") AS rows";
    }

    private static boolean isIndexed(ReceiptFilter filter, String value) {
        return switch (filter) {
            case REPO_ID, GATE_ID, PARENT_RECEIPT_ID -> true;
            case STATUS -> value.endsWith("_block");
            case SIGNATURE_STATUS -> !value.equals("verified");
            case POLICY_STANDING -> standing(value).isFlagged();
            default -> false;
        };
    }

    private String time(Instant time) {
        return parameter(time.atOffset(ZoneOffset.UTC));
    }

    /** The place of a value. */
    String parameter(Object value) {
        int number = values.addValue(value).size();
        return "$" + number;
    }

    Tuple values() {
        return values;
    }
}
