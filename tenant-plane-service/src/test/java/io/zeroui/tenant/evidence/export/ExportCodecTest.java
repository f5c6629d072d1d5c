package io.zeroui.tenant.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of an export is read again; what is not, is refused. */
class ExportCodecTest {

    private static final TenantId TENANT = TenantId.of("acme");
    private static final ExportId ID = new ExportId("01234567-89ab-4def-8123-456789abcdef");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00.000001Z");
    private static final Export ASKED = Export.asked(ID, TENANT, ExportWish.parse("""
            {"from":"2026-01-01T00:00:00.123456Z","status":"hard_block","gate_id":"=\\"x\\"","format":"csv","compression":"gzip"}
            """.getBytes(StandardCharsets.UTF_8)), "key:abc", NOW);

    @Test
    void everyStateIsReadAsItWasWritten() throws IOException {
        Export done = ASKED.of(new Export.Moment(20, 7)).done(new Export.File(7, 100, "ab".repeat(32), NOW));
        Export.End end = new Export.End(Export.Reason.ERASURE, "gone", NOW);
        for (Export export : List.of(ASKED, ASKED.queued(end), done, done.ended(Export.State.EXPIRED, end),
                ASKED.ended(Export.State.FAILED, end))) {
            assertThat(ExportCodec.read(TENANT, ID, ExportCodec.write(export))).isEqualTo(export);
        }
        assertThat(new String(ExportCodec.write(done.ended(Export.State.EXPIRED, end)), StandardCharsets.UTF_8))
                .as("the hash of a file with one line is that line's").doesNotContain("sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "{\"v\":2}", "nonsense"})
    void whatIsNoExportIsRefused(String text) {
        assertThatThrownBy(() -> ExportCodec.read(TENANT, ID, text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void anotherTenantsExportInOnesFolderIsRefused() {
        byte[] bytes = ExportCodec.write(ASKED);
        assertThatThrownBy(() -> ExportCodec.read(TenantId.of("other"), ID, bytes)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ExportCodec.read(TENANT, ExportId.random(), bytes)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"state\":\"done\"", "\"state\":\"failed\"", "\"state\":\"lost\"", "\"state\":\"queued\",\"sha256\":\"zz\"",
            "\"state\":\"queued\",\"reason\":\"whatever\""})
    void aStateWithoutItsMembersIsRefused(String state) {
        String text = new String(ExportCodec.write(ASKED), StandardCharsets.UTF_8).replace("\"state\":\"queued\"", state);
        assertThatThrownBy(() -> ExportCodec.read(TENANT, ID, text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "..", "../../../etc/passwd", "01234567-89AB-4def-8123-456789abcdef",
            "01234567-89ab-4def-8123-456789abcdef/", "01234567-89ab-4def-8123-456789abcdef\n"})
    void onlyIdsOfOursAreIds(String text) {
        assertThat(ExportId.parse(text)).isEmpty();
    }
}
