package io.zeroui.tenant.evidence.search;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import io.zeroui.tenant.evidence.requests.JsonBody;
import io.zeroui.tenant.evidence.requests.PageCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Searches a tenant's receipts in pages. */
@ApplicationScoped
class ReceiptSearch {

    /** Most ledger lines of a stretch. */
    static final int STRETCH = 20_000;

    private final SearchStore store;

    ReceiptSearch(SearchStore store) {
        this.store = store;
    }

    /**
     * A page, newest receipts first. All pages that follow one another by their cursors are of the ledger as it was when the
     * first one was read.
     */
    Uni<SearchAnswer> search(TenantId tenant, SearchBody body) {
        SearchFilters filters = body.filters();
        String search = "search\n" + filters.canonical();
        int limit = body.limit();
        return store.list(tenant, filters, cursor(body, tenant, search), limit + 1)
                .map(page -> answer(page.rows(), limit,
                        last -> PageCursor.at(page.pin(), last.timestampUtc(), last.ledgerSequence()).format(tenant, search)));
    }

    /** A page of a chain in its order; the chain must be named. What is appended meanwhile comes at the end. */
    Uni<SearchAnswer> chain(TenantId tenant, SearchBody body) {
        SearchFilters filters = body.filters();
        if (!filters.equal().containsKey(ReceiptFilter.CHAIN_ID)) {
            throw JsonBody.invalid(ReceiptFilter.CHAIN_ID.member(), "is required");
        }
        String search = "chain\n" + filters.canonical();
        int limit = body.limit();
        PageCursor after = cursor(body, tenant, search);
        return store.listChain(tenant, filters, after == null ? 0 : after.sequence(), limit + 1)
                .map(rows -> answer(rows, limit, last -> new PageCursor(0, 0, last.link().position()).format(tenant, search)));
    }

    /**
     * A stretch of the ledger in its order: what follows {@code after}, or comes before {@code before}, or the end of the ledger. At
     * most {@link #STRETCH} lines are looked at, however few of them meet the filters; the answer says which.
     */
    Uni<LedgerAnswer> ledger(TenantId tenant, SearchBody body) {
        SearchFilters filters = body.filters();
        int limit = body.limit();
        Long after = body.sequence("after");
        Long before = body.sequence("before");
        if (after != null && before != null) {
            throw JsonBody.invalid("before", "must not be given with after");
        }
        return store.last(tenant).chain(last -> {
            long first = after != null ? Math.min(after, last) : Math.max(0, end(before, last) - STRETCH);
            long to = after != null ? Math.min(last, first + STRETCH) : end(before, last);
            return first >= to ? Uni.createFrom().item(LedgerAnswer.empty(to, last))
                    : store.listLedger(tenant, filters, first, to, after == null, limit)
                            .map(rows -> LedgerAnswer.of(rows, first, to, last, after == null, limit));
        });
    }

    private static long end(@Nullable Long before, long last) {
        return before == null ? last : Math.min(last, Math.max(0, before - 1));
    }

    /** Counts. */
    Uni<AggregateAnswer> aggregate(TenantId tenant, SearchBody body) {
        return store.count(tenant, body.filters(), body.groupBy());
    }

    private static SearchAnswer answer(List<IndexedReceipt> rows, int limit, Function<IndexedReceipt, String> cursor) {
        List<IndexedReceipt> page = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? cursor.apply(page.get(limit - 1)) : null;
        return new SearchAnswer(page.stream().map(IndexAnswer::of).toList(), next);
    }

    private static @Nullable PageCursor cursor(SearchBody body, TenantId tenant, String search) {
        String text = body.cursor();
        return text == null ? null : PageCursor.parse(text, tenant, search).orElseThrow(
                () -> JsonBody.invalid("cursor", "is not the next_cursor of a page with the same filters"));
    }
}
