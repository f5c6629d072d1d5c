package io.zeroui.tenant.evidence.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageCursorTest {

    private static final TenantId TENANT = TenantId.of("acme");
    private static final PageCursor CURSOR = PageCursor.at(700, Instant.parse("2026-03-29T01:59:59.123456Z"), 42);

    @Test
    void theTextOfACursorIsReadBack() {
        for (PageCursor cursor : List.of(CURSOR, PageCursor.at(1, Instant.EPOCH, 1), new PageCursor(0, 0, Long.MAX_VALUE),
                PageCursor.at(9, Instant.parse("1969-12-31T23:59:59.999999Z"), 9))) {
            String text = cursor.format(TENANT, "search");
            assertThat(text).matches("[A-Za-z0-9_-]{56}");
            assertThat(PageCursor.parse(text, TENANT, "search")).contains(cursor);
        }
        assertThat(CURSOR.time()).isEqualTo("2026-03-29T01:59:59.123456Z");
    }

    @Test
    void oneOtherBitOrTenantOrSearchMakesItNone() {
        byte[] bytes = Base64.getUrlDecoder().decode(CURSOR.format(TENANT, "search"));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] other = bytes.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(PageCursor.parse(Base64.getUrlEncoder().encodeToString(other), TENANT, "search")).isEmpty();
        }
        assertThat(PageCursor.parse(CURSOR.format(TENANT, "search"), TenantId.of("acm"), "esearch")).isEmpty();
        assertThat(PageCursor.parse(CURSOR.format(TENANT, "search"), TENANT, "search2")).isEmpty();
    }

    @Test
    void aForgedTimeThatTheDatabaseCannotHoldIsNone() {
        String forged = new PageCursor(1, Long.MIN_VALUE, 1).format(TENANT, "search");
        assertThat(PageCursor.parse(forged, TENANT, "search")).isEmpty();
        assertThat(PageCursor.parse(new PageCursor(1, Long.MAX_VALUE, 1).format(TENANT, "search"), TENANT, "search")).isEmpty();
    }
}
