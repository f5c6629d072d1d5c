package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.zeroui.contracts.Plane;

class ChannelCatalogueTest {

    @Test
    void everyChannelIsDeclaredOnceAndWithinItsOwnKeys() {
        assertThat(ChannelCatalogue.all()).hasSize(10).doesNotHaveDuplicates();
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
                "product-evidence-acks", "product-tenants");
        assertThat(ChannelCatalogue.producedBy(Plane.TENANT).stream().map(Channel::name))
                .containsExactly("tenant-receipt-acks", "tenant-evidence", "tenant-registry-questions", "tenant-telemetry");
        assertThat(ChannelCatalogue.consumedBy(Plane.SHARED)).hasSize(4);
        assertThat(Stream.of(Plane.values()).map(ChannelCatalogue::telemetryOf))
                .allMatch(c -> c.consumers().contains(Plane.SHARED));
    }

    @Test
    void aChannelPerEdgeHasAKeyPerEdgeAndOthersHaveOne() {
        assertThat(ChannelCatalogue.TENANT_RECEIPT_ACKS.key("edge-1")).isEqualTo("zeroui:tenant-receipt-acks:edge-1");
        assertThat(ChannelCatalogue.TENANT_RECEIPT_ACKS.deadLetterKey("edge-1"))
                .isEqualTo("zeroui:tenant-receipt-acks-dead-letters:edge-1");
        assertThat(ChannelCatalogue.TENANT_RECEIPT_ACKS.deadLetterPattern())
                .isEqualTo("zeroui:tenant-receipt-acks-dead-letters:*");
        assertThat(ChannelCatalogue.IDE_RECEIPTS.deadLetterKey(null)).isEqualTo("zeroui:ide-receipts:dead-letters")
                .isEqualTo(ChannelCatalogue.IDE_RECEIPTS.deadLetterPattern());
        assertThat(ChannelCatalogue.TENANT_RECEIPT_ACKS.keyPattern()).isEqualTo("zeroui:tenant-receipt-acks:*");
        assertThat(ChannelCatalogue.IDE_RECEIPTS.key(null)).isEqualTo("zeroui:ide-receipts")
                .isEqualTo(ChannelCatalogue.IDE_RECEIPTS.keyPattern());
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelCatalogue.TENANT_RECEIPT_ACKS.key(null));
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelCatalogue.IDE_RECEIPTS.key("edge-1"));
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
