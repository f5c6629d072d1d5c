package io.zeroui.tenant.evidence.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.requests.JsonBody;
import io.zeroui.tenant.evidence.requests.PageCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked: receipts by their ids, or those of a time, page by page.
 *
 * @param receipts ids; empty for a time
 * @param from the earliest time of a receipt
 * @param to the time from which on receipts are too late
 * @param after where the page before ended
 * @param limit most receipts of a page
 */
record RangeRequest(List<ReceiptId> receipts, Instant from, Instant to, @Nullable PageCursor after, int limit) {

    /** Most receipts of a page: a whole bucket of the limit for checks. */
    static final int MAX_LIMIT = 500;

    private static final int DEFAULT_LIMIT = 100;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Set<String> MEMBERS = Set.of("from", "to", "receipt_ids", "cursor", "limit");

    static RangeRequest parse(byte @Nullable [] bytes, TenantId tenant) {
        JsonBody body = JsonBody.parse(bytes, MEMBERS);
        Instant from = body.time("from");
        Instant to = body.time("to");
        String cursor = body.text("cursor");
        List<ReceiptId> receipts = receipts(body.find("receipt_ids"));
        if (!receipts.isEmpty() && (from != null || to != null || cursor != null)) {
            throw JsonBody.invalid("receipt_ids", "cannot be together with from, to and cursor");
        }
        Instant first = from == null ? Instant.EPOCH : from;
        Instant last = to == null ? LATEST : to;
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, tenant, search(first, last))
                .orElseThrow(() -> JsonBody.invalid("cursor", "is not the next_cursor of a page of the same time"));
        return new RangeRequest(receipts, first, last, after, body.number("limit", MAX_LIMIT, DEFAULT_LIMIT));
    }

    /** What is asked for, in words. */
    String words() {
        return receipts.isEmpty() ? "from=" + from + " to=" + to : receipts.size() + " receipts";
    }

    /** What its cursors are bound to. */
    String search() {
        return search(from, to);
    }

    private static String search(Instant from, Instant to) {
        return "verify\n" + from + '\n' + to;
    }

    private static List<ReceiptId> receipts(@Nullable JsonNode ids) {
        if (ids == null) {
            return List.of();
        }
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MAX_LIMIT) {
            throw JsonBody.invalid("receipt_ids", "must be an array of 1 to " + MAX_LIMIT + " ids");
        }
        Set<ReceiptId> found = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            try {
                if (!found.add(ReceiptId.of(id.isTextual() ? id.textValue() : ""))) {
                    throw JsonBody.invalid("receipt_ids", "has an id twice");
                }
            } catch (IllegalArgumentException e) {
                throw JsonBody.invalid("receipt_ids", "has something that is no receipt's id");
            }
        }
        return new ArrayList<>(found);
    }
}
