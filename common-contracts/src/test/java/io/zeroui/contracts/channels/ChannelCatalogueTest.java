package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChannelCatalogueTest {

    private static final Channel RECEIPTS = ChannelCatalogue.IDE_RECEIPTS;
    private static final Channel ACKS = ChannelCatalogue.TENANT_RECEIPT_ACKS;
    private static final Channel EVIDENCE = ChannelCatalogue.TENANT_EVIDENCE;
    private static final StreamScope ACME = StreamScope.of(TenantId.of("acme"));
    private static final EdgeId EDGE = EdgeId.of("edge-1");

    @Test
    void everyChannelIsDeclaredOnceAndWithinItsOwnKeys() {
        assertThat(ChannelCatalogue.all()).hasSize(22).doesNotHaveDuplicates();
        assertThat(ChannelCatalogue.all().stream().map(Channel::streamKey)).doesNotHaveDuplicates()
                .doesNotContain(ChannelCatalogue.SMOKE_STREAM_KEY).allMatch(key -> key.startsWith("zeroui:"));
        for (Channel channel : ChannelCatalogue.all()) {
            assertThat(channel.streamKey()).isEqualTo("zeroui:" + channel.name());
            assertThat(ChannelCatalogue.byName(channel.name())).isSameAs(channel);
            assertThat(channel.carries()).isNotEmpty();
            assertThat(channel.description()).isNotBlank();
        }
    }

    @Test
    void planesSeeTheirOwnChannels() {
        assertThat(ChannelCatalogue.consumedBy(Plane.TENANT).stream().map(Channel::name)).containsExactly("ide-receipts",
                "product-evidence-acks", "product-tenants", "product-cosignatures", "product-policy", "ide-policy-questions",
                "product-context-acks", "shared-registry");
        assertThat(ChannelCatalogue.producedBy(Plane.TENANT).stream().map(Channel::name))
                .containsExactly("tenant-receipt-acks", "tenant-evidence", "tenant-registry-questions", "tenant-keys",
                        "tenant-checkpoints", "tenant-policy-questions", "tenant-policy", "tenant-context", "tenant-ruling-questions",
                        "tenant-telemetry");
        assertThat(ChannelCatalogue.consumedBy(Plane.SHARED)).hasSize(6);
        assertThat(Stream.of(Plane.values()).map(ChannelCatalogue::telemetryOf))
                .allMatch(c -> c.consumers().contains(Plane.SHARED));
    }

    @Test
    void aChannelPerTenantHasItInTheKeyAndOnePerEdgeHasBoth() {
        assertThat(RECEIPTS.key(ACME)).isEqualTo("zeroui:ide-receipts:acme");
        assertThat(RECEIPTS.deadLetterKey(ACME)).isEqualTo("zeroui:ide-receipts-dead-letters:acme");
        assertThat(RECEIPTS.keyPattern()).isEqualTo("zeroui:ide-receipts:*");
        assertThat(RECEIPTS.deadLetterPattern()).isEqualTo("zeroui:ide-receipts-dead-letters:*");
        assertThat(ACKS.key(ACME.of(EDGE))).isEqualTo("zeroui:tenant-receipt-acks:acme:edge-1");
        assertThat(ACKS.deadLetterKey(ACME.of(EDGE))).isEqualTo("zeroui:tenant-receipt-acks-dead-letters:acme:edge-1");
        assertThat(ACKS.keyPattern()).isEqualTo("zeroui:tenant-receipt-acks:*:*");
        assertThat(ACKS.deadLetterPattern()).isEqualTo("zeroui:tenant-receipt-acks-dead-letters:*:*");
        assertThat(EVIDENCE.key(null)).isEqualTo("zeroui:tenant-evidence").isEqualTo(EVIDENCE.keyPattern());
        assertThat(EVIDENCE.deadLetterKey(null)).isEqualTo("zeroui:tenant-evidence:dead-letters")
                .isEqualTo(EVIDENCE.deadLetterPattern());
    }

    @Test
    void edgesThatNobodyEnrolledHaveKeysThatNoTenantCanHave() {
        assertThat(StreamScope.ofEnrolment(Optional.of(TenantId.of("acme")))).isEqualTo(ACME);
        assertThat(StreamScope.ofEnrolment(Optional.empty())).isEqualTo(StreamScope.UNENROLLED);
        assertThat(RECEIPTS.key(StreamScope.UNENROLLED)).isEqualTo("zeroui:ide-receipts:_");
        assertThat(ACKS.key(StreamScope.UNENROLLED.of(EDGE))).isEqualTo("zeroui:tenant-receipt-acks:_:edge-1");
        assertThatIllegalArgumentException().isThrownBy(() -> TenantId.of("_"));
    }

    @Test
    void aScopeThatSaysTooLittleOrTooMuchHasNoKey() {
        for (StreamScope scope : new StreamScope[] { null, ACME, StreamScope.UNENROLLED }) {
            assertThatIllegalArgumentException().isThrownBy(() -> ACKS.key(scope)).withMessageContaining("scope EDGE");
            assertThatIllegalArgumentException().isThrownBy(() -> ACKS.deadLetterKey(scope));
        }
        for (StreamScope scope : new StreamScope[] { null, ACME.of(EDGE), StreamScope.UNENROLLED.of(EDGE) }) {
            assertThatIllegalArgumentException().isThrownBy(() -> RECEIPTS.key(scope)).withMessageContaining("scope TENANT");
            assertThatIllegalArgumentException().isThrownBy(() -> RECEIPTS.deadLetterKey(scope));
        }
        for (StreamScope scope : new StreamScope[] { ACME, ACME.of(EDGE), StreamScope.UNENROLLED }) {
            assertThatIllegalArgumentException().isThrownBy(() -> EVIDENCE.key(scope)).withMessageContaining("scope GLOBAL");
        }
    }

    @Test
    void onlyItsConsumersHaveAGroup() {
        assertThat(ChannelCatalogue.IDE_RECEIPTS.group(Plane.TENANT)).isEqualTo("tenant");
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelCatalogue.IDE_RECEIPTS.group(Plane.PRODUCT));
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelCatalogue.byName("no-road"));
    }

    @Test
    void planesHaveTheVariablesOfTheSeed() {
        assertThat(Plane.ofKey("ide").databaseUrlVariable()).isEqualTo("ZEROUI_IDE_DB_URL");
        assertThat(Plane.SHARED.migrationUrlVariable()).isEqualTo("ZEROUI_SHARED_DB_MIGRATION_URL");
        assertThat(Plane.PRODUCT.redisUrlVariable()).isEqualTo("ZEROUI_PRODUCT_REDIS_URL");
        assertThat(Plane.TENANT.httpPortVariable()).isEqualTo("ZEROUI_TENANT_HTTP_PORT");
        assertThatIllegalArgumentException().isThrownBy(() -> Plane.ofKey("IDE"));
    }
}
