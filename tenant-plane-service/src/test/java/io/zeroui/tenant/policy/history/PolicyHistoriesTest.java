package io.zeroui.tenant.policy.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.HistoryCodec;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.runtime.PlaneConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What edges of several tenants said at once. */
class PolicyHistoriesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String REGION = "local";
    private static final EdgeId EDGE = EdgeId.of("edge-1");
    private static final TenantId BROKEN = TenantId.of("broken");
    private static final TenantId ACME = TenantId.of("acme");

    @TempDir
    Path root;

    private record Here(Path root) implements PlaneConfig {
        @Override
        public String plane() {
            return "tenant";
        }

        @Override
        public String region() {
            return REGION;
        }

        @Override
        public String instance() {
            return "here";
        }

        @Override
        public Fabric fabric() {
            return () -> root;
        }

        @Override
        public Edge edge() {
            throw new UnsupportedOperationException("no edge");
        }
    }

    @Test
    void whatOneTenantsHistoryDoesNotTakeIsNotLostToTheNextOne() throws IOException {
        PolicyHistories histories = new PolicyHistories(new Here(root));
        Files.createDirectories(file(BROKEN));
        Files.createDirectories(file(ACME).getParent());
        Files.writeString(file(ACME), new String(HistoryCodec.write(new Released(1, NOON, List.of(), List.of())),
                StandardCharsets.UTF_8) + "\n");

        Map<TenantId, List<Reported>> reports = new LinkedHashMap<>();
        reports.put(BROKEN, List.of(new Reported(EDGE, 1, NOON)));
        reports.put(ACME, List.of(new Reported(EDGE, 1, NOON.plusSeconds(61), NOON)));
        histories.reported(reports);

        assertThat(histories.of(BROKEN).isOpened()).isFalse();
        assertThat(histories.of(ACME).isOpened()).isTrue();
        assertThat(histories.of(ACME).present().lines()).isEqualTo(2);
        assertThat(Files.readAllLines(file(ACME)).get(1)).contains("\"at\":\"2026-11-22T12:01:01Z\"").contains("\"heard\":\"2026-11-22T12:00:00Z\"");
    }

    private Path file(TenantId tenant) {
        return new ZuRoot(root).tenantPolicyHistory(tenant, Region.of(REGION));
    }
}
