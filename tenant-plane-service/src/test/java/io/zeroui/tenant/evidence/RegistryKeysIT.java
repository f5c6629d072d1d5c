package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.RegisteredKey;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the registry says of keys reaches the tenant's files first, then its receipts and its edges. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RegistryKeysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final KeyFolder keys = new KeyFolder(tenant, emitter);
    private final Instant hourAgo = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void revocationsCountInTheOrderOfTheirVersionsHoweverTheyCome() throws IOException {
        send(6);
        TenantsChanged plain = said(1, false);
        TenantsChanged revoked = said(2, true);
        RegistryPlane.announce(plain);
        RegistryPlane.announce(revoked);
        keys.awaitStanding("kid_revoked kid_revoked", 6);
        assertThat(keys.read().origin()).isEqualTo(new KeyDocument.Origin(RegistryPlane.epoch(), revoked.to()));

        RegistryPlane.announce(plain);
        RegistryPlane.announce(revoked);
        RegistryPlane.announce(plain);
        RegistryPlane.ensure(TenantId.of("later-" + UUID.randomUUID()));
        keys.awaitSettled();
        assertThat(keys.standing()).containsOnly("kid_revoked kid_revoked");

        RegistryPlane.announce(said(3, false));
        keys.awaitStanding("verified signature_valid", 6);
        RegistryPlane.announce(revoked);
        RegistryPlane.ensure(TenantId.of("later-" + UUID.randomUUID()));
        keys.awaitSettled();
        assertThat(keys.standing()).containsOnly("verified signature_valid");
    }

    @Test
    void theEdgesOfTheTenantAreTold() {
        edge.enrolledFor(tenant);
        RegistryPlane.ensure(tenant);
        RegistryPlane.enrol(edge.edge, tenant, RegistryState.ACTIVE);
        send(1);

        RegistryPlane.announce(said(1, true));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.stream("zeroui:tenant-keys:" + tenant + ":" + edge.edge))
                .anySatisfy(entry -> assertThat(entry.toString()).contains(emitter.kid().value(), "lost")));
    }

    @Test
    void aRevokedKeyIsNotTakenAlthoughAnEdgeVouchesForIt() {
        RegistryPlane.ensure(tenant);
        RegistryPlane.announce(new TenantsChanged(RegistryPlane.epoch(), 0, 1, null, List.of(), List.of(), List.of(new RegisteredKey(
                tenant.value(), emitter.kid().value(), null, null, null, hourAgo, hourAgo, "lost", null, 1))));
        await().atMost(PATIENCE).until(() -> Files.exists(keys.document()));

        edge.send(tenant, emitter.decision("core-api"), emitter);

        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).deadLetters().size() == 1);
        assertThat(new LedgerView(tenant).deadLetters().get(0)).contains("KID_REVOKED");
        assertThat(keys.pem()).doesNotExist();
    }

    @Test
    void whatWasRevokedByHandStaysSoAndNoKeyIsExchanged() throws IOException {
        send(3);
        keys.write(keys.plain().revoked(new Revocation(Instant.now(), hourAgo, "by hand")));
        keys.awaitStanding("kid_revoked kid_revoked", 3);

        RegistryPlane.announce(said(1, false));
        RegistryPlane.announce(said(2, false, SignedReceipts.withNewKey("x")));
        RegistryPlane.ensure(TenantId.of("later-" + UUID.randomUUID()));
        keys.awaitSettled();

        assertThat(keys.standing()).containsOnly("kid_revoked kid_revoked");
        assertThat(keys.read().fingerprint()).isEqualTo(emitter.keys().publicKey().fingerprint());
    }

    @Test
    void aKeyIdThatIsAPathWritesNothingAndIsKeptAside() throws IOException {
        send(1);
        Path above = new LedgerView(tenant).trust().resolve("../evil.json");
        String deadLetters = ChannelCatalogue.PRODUCT_TENANTS.deadLetterKey(null);
        int before = edge.stream(deadLetters).size();
        RegistryPlane.announce(new TenantsChanged(RegistryPlane.epoch(), 0, RegistryPlane.version(), null, List.of(), List.of(),
                List.of(new RegisteredKey(tenant.value(), "../evil", null, null, null, hourAgo, hourAgo, "x", null, 1))));

        await().atMost(PATIENCE).until(() -> edge.stream(deadLetters).size() == before + 1);
        assertThat(above).doesNotExist();
        assertThat(keys.standing()).containsExactly("verified signature_valid");
    }

    @Test
    void aKeyOfTheRegistryIsBelievedBeforeAnEdgeVouchesAndTwoAreWhileTheyOverlap() {
        RegistryPlane.ensure(tenant);
        RegistryPlane.announce(said(1, false));
        SignedReceipts next = SignedReceipts.withNewKey("next-" + UUID.randomUUID());
        send(1);
        await().atMost(PATIENCE).until(() -> Files.exists(keys.pem()));
        edge.send(tenant, next.decision("core-api"), next);
        send(1);

        await().atMost(PATIENCE).until(() -> keys.standing().size() == 3);
        assertThat(keys.standing()).containsOnly("verified signature_valid");
    }

    private TenantsChanged said(int order, boolean isRevoked) {
        return said(order, isRevoked, emitter);
    }

    /** Versions of keys are their own here: nobody else announces this key. */
    private TenantsChanged said(int order, boolean isRevoked, SignedReceipts whose) {
        @Nullable Instant when = isRevoked ? hourAgo : null;
        RegisteredKey key = new RegisteredKey(tenant.value(), emitter.kid().value(), whose.keys().publicKey().base64(), null, null,
                when, when, isRevoked ? "lost" : null, null, order);
        return new TenantsChanged(RegistryPlane.epoch(), 0, order, null, List.of(), List.of(), List.of(key));
    }

    private void send(int count) {
        int before = new LedgerView(tenant).indexed().size();
        emitter.decisions("core-api", count).forEach(line -> edge.send(tenant, line, emitter));
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() == before + count);
    }
}
