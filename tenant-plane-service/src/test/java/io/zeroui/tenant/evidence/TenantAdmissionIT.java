package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose receipts the ledger takes, as the registry of the product plane says. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class TenantAdmissionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TenantId tenant = TenantId.of("a-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final LedgerView ledger = new LedgerView(tenant);

    /** Something must be known of the registry before receipts are judged at all. */
    @BeforeEach
    void aKnownRegistry() {
        RegistryPlane.ensure(TenantId.DEFAULT);
    }

    @Test
    void receiptsOfAnUnknownTenantAreKeptAsideOnceTheRegistryHasSaidSo() {
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);

        awaitAcknowledged(1, true);
        assertThat(letters(TenantId.UNKNOWN)).anyMatch(line -> line.contains("\"TENANT_UNKNOWN\"")
                && line.contains("the tenant " + tenant + " is not in the registry") && line.contains(edge.edge));
        assertThat(ledger.indexed()).isEmpty();
        assertThat(folder(tenant)).as("an unknown tenant gets no folder").doesNotExist();
    }

    @Test
    void aTenantThatWasMadeAMomentAgoIsAskedForAndNotRefused() {
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> RegistryPlane.newestQuestion() != null);
        RegistryPlane.set(tenant, RegistryState.ACTIVE);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            if (edge.unsettled() == 0 && ledger.indexed().isEmpty()) {
                edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
            }
            return !ledger.indexed().isEmpty();
        });
        assertThat(letters(TenantId.UNKNOWN)).noneMatch(line -> line.contains(tenant.value()));
    }

    @Test
    void whileTheRegistryDoesNotAnswerReceiptsOfUnknownTenantsAreHeldBackAndOthersGoOn() {
        TenantId known = TenantId.of("k-" + UUID.randomUUID());
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
        edge.send(known, emitter.decision("core-api"), emitter);

        await().atMost(PATIENCE).until(() -> edge.acknowledged().contains(2L));
        await().atMost(PATIENCE).until(() -> edge.unsettled() == 0);
        assertThat(edge.acknowledged()).as("what is held back is not acknowledged: its edge sends it again").containsExactly(2L);
        assertThat(letters(TenantId.UNKNOWN)).noneMatch(line -> line.contains(tenant.value()));
        assertThat(new LedgerView(known).storedLines()).hasSize(1);
    }

    @Test
    void aSuspendedTenantsReceiptsAreKeptAsideAndAResumedOnesAreTaken() {
        edge.send(tenant, emitter.decision("core-api"), emitter);
        awaitAcknowledged(1, false);
        RegistryPlane.set(tenant, RegistryState.SUSPENDED);
        awaitMirror();
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
        awaitAcknowledged(2, false);
        assertThat(letters(tenant)).singleElement().asString().contains("\"TENANT_SUSPENDED\"");

        RegistryPlane.set(tenant, RegistryState.ACTIVE);
        awaitMirror();
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
        awaitAcknowledged(3, false);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 2);

        RegistryPlane.set(tenant, RegistryState.DELETED);
        awaitMirror();
        edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
        awaitAcknowledged(4, false);
        assertThat(letters(tenant)).hasSize(2).last().asString().contains("\"TENANT_DELETED\"");
        assertThat(ledger.indexed()).hasSize(2);
    }

    @Test
    void anEdgeSendsForTheTenantItIsEnrolledForAndForNobodyElse() {
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        RegistryPlane.ensure(other);
        RegistryPlane.ensure(tenant);
        RegistryPlane.enrol(edge.edge, tenant, RegistryState.ACTIVE);
        awaitMirror();

        edge.send(tenant, emitter.decision("core-api"), emitter);
        edge.send(other, emitter.decision("core-api"), emitter);
        awaitAcknowledged(2, false);
        assertThat(letters(tenant)).singleElement().asString().contains("\"EDGE_NOT_ENROLLED\"")
                .contains("is enrolled for " + tenant);
        assertThat(new LedgerView(other).indexed()).isEmpty();
        assertThat(folder(other)).as("nothing of it reaches the other tenant").doesNotExist();

        RegistryPlane.enrol(edge.edge, tenant, RegistryState.SUSPENDED);
        awaitMirror();
        edge.send(tenant, emitter.decision("core-api"), emitter);
        awaitAcknowledged(3, false);
        assertThat(letters(tenant)).hasSize(2).last().asString().contains("is suspended");
    }

    @Test
    void anEnrolledEdgeSendsAndIsAnsweredByTheStreamsOfItsTenant() {
        enrol(edge, tenant);
        edge.enrolledFor(tenant).send(tenant, emitter.decision("core-api"), emitter);

        awaitAcknowledged(1, false);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 1);
        await().atMost(PATIENCE).until(() -> edge.unsettled() == 0);
        assertThat(letters(tenant)).isEmpty();
        assertThat(edge.stream("zeroui:tenant-receipt-acks:" + tenant + ":" + edge.edge)).isNotEmpty();
        assertThat(edge.stream("zeroui:tenant-receipt-acks:_:" + edge.edge)).isEmpty();
    }

    @Test
    void byATenantsStreamNobodyElsesReceiptsCome() {
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        RegistryPlane.ensure(other);
        enrol(edge, tenant);
        edge.enrolledFor(tenant).send(other, emitter.decision("core-api"), emitter);

        awaitAcknowledged(1, false);
        assertThat(letters(tenant)).singleElement().asString().contains("\"TENANT_MISMATCH\"")
                .contains("a receipt as " + other + "'s came by the stream of " + tenant);
        assertThat(folder(other)).as("nothing of it reaches the other tenant").doesNotExist();
        assertThat(ledger.indexed()).isEmpty();
        edge.send(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 1);
    }

    @Test
    void byATenantsStreamNobodyPassesForAnEdgeOfAnotherTenantOrForASuspendedOne() {
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        EdgeStream theirs = new EdgeStream();
        EdgeStream suspended = new EdgeStream();
        enrol(theirs, other);
        enrol(edge, tenant);
        RegistryPlane.enrol(suspended.edge, tenant, RegistryState.SUSPENDED);
        awaitMirror();
        edge.enrolledFor(tenant).sendAs(theirs.edge, EdgeStream.event(tenant, emitter.decision("core-api"), emitter));
        edge.sendAs(suspended.edge, EdgeStream.event(tenant, emitter.decision("core-api"), emitter));

        await().atMost(PATIENCE).until(() -> letters(tenant).size() == 2);
        assertThat(letters(tenant)).allMatch(line -> line.contains("\"EDGE_NOT_ENROLLED\""))
                .anyMatch(line -> line.contains("the edge " + theirs.edge + " is not enrolled for " + tenant))
                .anyMatch(line -> line.contains("the edge " + suspended.edge + " is suspended"));
        assertThat(ledger.indexed()).isEmpty();
        assertThat(folder(other)).as("whose edge it is not told of it, and keeps nothing").doesNotExist();
        assertThat(theirs.enrolledFor(other).acknowledged()).isEmpty();
    }

    @Test
    void anEdgeThatWasEnrolledAMomentAgoIsAskedForAndAStrangeOneIsRefusedOnceTheRegistryHasSaidSo() {
        RegistryPlane.ensure(tenant);
        awaitMirror();
        edge.enrolledFor(tenant).send(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> RegistryPlane.newestQuestion() != null && edge.unsettled() == 0);
        assertThat(edge.acknowledged()).as("held back").isEmpty();
        assertThat(letters(tenant)).isEmpty();

        awaitAcknowledged(1, true);
        assertThat(letters(tenant)).first().asString().contains("\"EDGE_NOT_ENROLLED\"")
                .contains("the edge " + edge.edge + " is not enrolled for " + tenant);
        assertThat(ledger.indexed()).isEmpty();

        enrol(edge, tenant);
        edge.send(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 1);
    }

    @Test
    void aProbeReceiptOfAnEnrolledEdgeGoesToTheProbesTenant() {
        RegistryPlane.ensure(TenantId.SELFCHECK);
        enrol(edge, tenant);
        edge.enrolledFor(tenant).send(TenantId.SELFCHECK, emitter.decision("zeroui-selfcheck"), emitter);

        awaitAcknowledged(1, false);
        assertThat(letters(tenant)).isEmpty();
    }

    @Test
    void whatADeletedTenantsEdgesSentIsNotLeftLying() {
        enrol(edge, tenant);
        RegistryPlane.set(tenant, RegistryState.DELETED);
        awaitMirror();
        edge.enrolledFor(tenant).sendUnregistered(tenant, emitter.decision("core-api"), emitter);

        awaitAcknowledged(1, false);
        assertThat(letters(tenant)).singleElement().asString().contains("\"TENANT_DELETED\"");
    }

    @Test
    void aGapIsAskedForAndAnOldAnnouncementChangesNothing() {
        RegistryPlane.ensure(tenant);
        TenantId later = TenantId.of("l-" + UUID.randomUUID());
        long known = RegistryPlane.version();
        RegistryPlane.announce(new TenantsChanged(RegistryPlane.epoch(), known + 5, known + 6, null,
                List.of(RegisteredTenant.shared(later.value(), RegistryState.ACTIVE, "local", known + 6)), List.of()));
        RegistryPlane.announce(new TenantsChanged(RegistryPlane.epoch(), 0, known, null,
                List.of(RegisteredTenant.shared(tenant.value(), RegistryState.DELETED, "local", known - 1)), List.of()));

        await().atMost(PATIENCE).until(() -> {
            TenantsAsked asked = RegistryPlane.newestQuestion();
            return asked != null && asked.epoch().equals(RegistryPlane.epoch()) && asked.version() == known;
        });
        RegistryPlane.ensure(TenantId.of("after-" + UUID.randomUUID()));
        assertThat(RegistryPlane.stateOf(later)).isEmpty();
        assertThat(RegistryPlane.stateOf(tenant)).isEqualTo("active");
    }

    @Test
    void anotherRegistryReplacesAllThatWasKnown() {
        RegistryPlane.ensure(tenant);
        RegistryPlane.beginAgain();
        RegistryPlane.ensure(TenantId.DEFAULT);
        RegistryPlane.set(TenantId.of("new-" + UUID.randomUUID()), RegistryState.ACTIVE);
        assertThat(RegistryPlane.stateOf(tenant)).isEmpty();
        assertThat(RegistryPlane.stateOf(TenantId.DEFAULT)).isEqualTo("active");
    }

    @Test
    void anAnnouncementThatIsNoneGoesToTheDeadLetters() {
        String key = ChannelCatalogue.PRODUCT_TENANTS.deadLetterKey(null);
        int before = edge.stream(key).size();
        RegistryPlane.announce(new TenantsChanged("", 0, 1, null, List.of(), List.of()));
        await().atMost(PATIENCE).until(() -> edge.stream(key).size() > before);
    }

    private static void enrol(EdgeStream edge, TenantId tenant) {
        RegistryPlane.ensure(tenant);
        RegistryPlane.enrol(edge.edge, tenant, RegistryState.ACTIVE);
        awaitMirror();
    }

    /** The mirror in memory follows the one in the database, which is what the helper waits for. */
    private static void awaitMirror() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAcknowledged(int count, boolean answering) {
        await().atMost(PATIENCE).until(() -> {
            if (answering) {
                RegistryPlane.answer();
                if (edge.unsettled() == 0 && edge.acknowledged().isEmpty()) {
                    edge.sendUnregistered(tenant, emitter.decision("core-api"), emitter);
                }
            }
            return edge.acknowledged().size() >= count;
        });
    }

    private static Path folder(TenantId tenant) {
        return PlaneResource.zuRoot().path().resolve("tenant").resolve(tenant.value());
    }

    private static List<String> letters(TenantId tenant) {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(folder(tenant))) {
            return lines;
        }
        try (Stream<Path> files = Files.walk(folder(tenant))) {
            for (Path file : files.filter(path -> path.endsWith("dead-letters.jsonl")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
