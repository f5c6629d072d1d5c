package io.zeroui.product.reports;

import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one ledger entry.
 *
 * @param tenantId whose ledger
 * @param ledgerSequence number of the entry in it
 * @param day UTC date of the receipt's own time
 * @param kind {@code decision} or {@code feedback}
 * @param gateId the gate; empty where there is none, as for feedback
 * @param status status of the decision, or {@link #UNKNOWN}
 * @param environment environment, or {@code default}
 * @param policies names of the versions of policies that were active; empty for feedback
 * @param overridden whether somebody overrode the decision
 * @param degraded whether the decision was made in degraded mode
 */
record CountedReceipt(String tenantId, long ledgerSequence, LocalDate day, String kind, String gateId, String status,
        String environment, List<String> policies, boolean overridden, boolean degraded) {

    /** The status of feedback, and of decisions with a status that this version does not know. */
    static final String UNKNOWN = "unknown";

    /** All statuses that a row may have. */
    static final Set<String> STATUSES = Set.of("pass", "warn", "soft_block", "hard_block", UNKNOWN);

    /** All kinds of receipts. */
    static final Set<String> KINDS = Set.of("decision", "feedback");
    private static final long SEQUENCE_MOST = Long.MAX_VALUE / 2;
    private static final int NAME_MOST = 200;
    private static final int YEAR_MOST = 9999;

    /**
     * The counted part of an item.
     *
     * @throws InvalidEvent when the item cannot be counted
     */
    static CountedReceipt of(TenantId tenant, EvidenceItem item) {
        if (item.ledgerSequence() < 1 || item.ledgerSequence() > SEQUENCE_MOST) {
            throw new InvalidEvent("ledger_sequence out of range: " + item.ledgerSequence());
        }
        if (item.kind() == null || !KINDS.contains(item.kind())) {
            throw new InvalidEvent("item " + item.ledgerSequence() + " is neither a decision nor feedback");
        }
        String status = item.status() != null && STATUSES.contains(item.status()) ? item.status() : UNKNOWN;
        return new CountedReceipt(tenant.value(), item.ledgerSequence(), day(item), item.kind(),
                name(item, "gate_id", item.gateId(), ""), status,
                name(item, "environment", item.environment(), "default"),
                item.kind().equals("decision") ? EvidenceItem.policies(item.policyVersionIds()) : List.of(), item.overridden(), item.degraded());
    }

    /** The same receipt, with those of its versions that are among these. */
    CountedReceipt withPoliciesAmong(Set<String> known) {
        List<String> kept = policies.stream().filter(known::contains).toList();
        return kept.size() == policies.size() ? this
                : new CountedReceipt(tenantId, ledgerSequence, day, kind, gateId, status, environment, kept, overridden, degraded);
    }

    private static LocalDate day(EvidenceItem item) {
        try {
            LocalDate day = LocalDate.parse(String.valueOf(item.day()));
            if (day.getYear() >= 1 && day.getYear() <= YEAR_MOST) {
                return day;
            }
        } catch (DateTimeParseException e) {
            throw new InvalidEvent("item " + item.ledgerSequence() + " has no day of the form YYYY-MM-DD", e);
        }
        throw new InvalidEvent("item " + item.ledgerSequence() + " has a day outside the calendar");
    }

    /** Long names are cut: they are part of an index key, and a receipt in the ledger must be counted. */
    private static String name(EvidenceItem item, String member, @Nullable String value, String absent) {
        if (value == null || value.isEmpty()) {
            return absent;
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidEvent("item " + item.ledgerSequence() + " has a NUL in " + member);
        }
        return value.length() <= NAME_MOST ? value : value.substring(0, value.offsetByCodePoints(0,
                Math.min(NAME_MOST, value.codePointCount(0, value.length()))));
    }
}
