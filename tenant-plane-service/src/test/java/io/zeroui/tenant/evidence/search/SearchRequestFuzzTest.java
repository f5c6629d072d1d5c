package io.zeroui.tenant.evidence.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.requests.PageCursor;
import java.time.Instant;

/** Whatever is sent as a search, it is understood or refused with 400; with {@code JAZZER_FUZZ=1} it is made up. */
class SearchRequestFuzzTest {

    private static final TenantId TENANT = TenantId.of("acme");

    @FuzzTest(maxDuration = "1m")
    void bytesAreASearchOrRefused(byte[] bytes) {
        try {
            SearchBody body = SearchBody.parse(bytes, "limit", "cursor", "group_by");
            SearchFilters filters = body.filters();
            assertThat(new SearchFilters(filters.from(), filters.to(), filters.equal(), filters.text()).canonical())
                    .isEqualTo(filters.canonical());
            assertThat(body.limit()).isBetween(1, 500);
            String cursor = body.cursor();
            if (cursor != null) {
                PageCursor.parse(cursor, TENANT, filters.canonical())
                        .ifPresent(known -> assertThat(known.format(TENANT, filters.canonical())).isEqualTo(cursor));
            }
            SearchStore.StoreQuery query = SearchStore.page(TENANT, filters, null, PageCursor.at(1, Instant.EPOCH, 1), body.limit());
            filters.equal().forEach((filter, value) -> assertThat(query.text())
                    .as("texts of a request are parameters").doesNotContain(value.contains("'") ? value : "\u0000"));
            assertThat(body.groupBy()).isNotEmpty();
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }
}
