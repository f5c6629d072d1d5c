package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.KeysChanged;
import io.zeroui.contracts.events.KeysChanged.KeyStatement;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Origin;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.ide.EdgeClient.Answer;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** What an edge makes of what it hears of keys, and of documents that somebody puts beside them. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class KeysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StreamScope OWN = StreamScope.UNENROLLED.of(EdgeId.of("edge-local"));

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("keys-" + UUID.randomUUID());
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);
    private final Instant hourAgo = Instant.now().minus(Duration.ofHours(1));

    @Test
    void aRevokedKeysReceiptsAreRefusedWithTheReasonUntilItIsRestored() {
        assertThat(edge.submit(emitter.decision("repo-keys")).status()).isIn(201, 202);

        say(document(7, new Revocation(Instant.now(), hourAgo, "stolen")));
        awaitRefused("KID_REVOKED");
        say(document(6, null));
        say(document(7, null));
        say(document(6, null));
        assertThat(edge.submit(emitter.decision("repo-keys")).reason()).isEqualTo("KID_REVOKED");

        say(document(8, null));
        await().atMost(PATIENCE).until(() -> edge.submit(emitter.decision("repo-keys")).status() < 300);
        say(document(7, new Revocation(Instant.now(), hourAgo, "stolen")));
        awaitRead();
        assertThat(edge.submit(emitter.decision("repo-keys")).status()).isIn(201, 202);
    }

    @Test
    void linesInFilesAreJudgedByTheirOwnTime() {
        say(document(1, new Revocation(Instant.now(), hourAgo, "stolen")));
        awaitRefused("KID_REVOKED");
        Path file = edge.file("repo-keys-file");
        byte[] before = emitter.decision("repo-keys-file", SignedReceipts.newId(),
                receipt -> receipt.put("timestamp_utc", hourAgo.minusSeconds(60).toString()));
        edge.append(file, EdgeClient.line(emitter.decision("repo-keys-file")), EdgeClient.line(before));

        await().atMost(PATIENCE).until(() -> edge.quarantined(edge.relative(file)).equals(List.of("KID_REVOKED")));
        await().atMost(PATIENCE).until(() -> edge.get("/v1/receipts/" + EdgeClient.idOf(before)).status() == 200);
    }

    @Test
    void aKeyOutOfItsTimeAndAKeyWithATornDocumentAreRefused() throws IOException {
        Path document = ZuRoot.keyDocument(new ZuRoot(edge.root()).ideTrustFolder(), emitter.kid());
        Files.write(document, KeyDocumentCodec.write(new KeyDocument(emitter.kid(), null, null, hourAgo, null, null, null)));
        awaitRefused("KID_EXPIRED");
        Files.writeString(document, "{\"v\":1,");
        awaitRefused("KID_DOCUMENT_DAMAGED");
        Files.delete(document);
        await().atMost(PATIENCE).until(() -> edge.submit(emitter.decision("repo-keys")).status() < 300);
    }

    @Test
    void whatIsNoStatementIsKeptAsideAndTheNextOneIsHeard() {
        KeyStatement path = new KeyStatement("../../evil", "{}");
        say(new KeysChanged(List.of(path)));
        say(new KeysChanged(List.of(new KeyStatement(emitter.kid().value(), "{\"v\":1"))));
        say(document(1, new Revocation(Instant.now(), hourAgo, "stolen")));

        awaitRefused("KID_REVOKED");
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.xlen(ChannelCatalogue.TENANT_KEYS.deadLetterKey(OWN))).isGreaterThanOrEqualTo(2);
        }
        assertThat(edge.root().resolve("ide/policy/evil.json")).doesNotExist();
    }

    private void awaitRefused(String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer answer = edge.submit(emitter.decision("repo-keys"));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/error/code").asText()).isEqualTo("SIGNATURE_VERIFICATION_FAILED");
            assertThat(answer.reason()).isEqualTo(reason);
        });
    }

    /** Waits until what was said before has been read: what is said now is a document of its own. */
    private void awaitRead() {
        Kid kid = Kid.of("marker-" + UUID.randomUUID());
        say(new KeyDocument(kid, null, null, null, null, null, new Origin("epoch", 1)));
        await().atMost(PATIENCE).until(() -> Files.exists(ZuRoot.keyDocument(new ZuRoot(edge.root()).ideTrustFolder(), kid)));
    }

    private KeyDocument document(long version, Revocation revocation) {
        return new KeyDocument(emitter.kid(), emitter.keys().publicKey().fingerprint(), null, null, revocation, null,
                new Origin("epoch", version));
    }

    private void say(KeyDocument document) {
        say(new KeysChanged(List.of(new KeyStatement(document.kid().value(),
                new String(KeyDocumentCodec.write(document), StandardCharsets.UTF_8)))));
    }

    private void say(KeysChanged changed) {
        EventEnvelope event = EventEnvelope.of(EventEnvelope.KEYS_CHANGED, "urn:zeroui:plane:tenant", Instant.now(),
                EventJson.write(changed));
        Map<String, String> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.TENANT_KEYS.key(OWN), StreamEntryID.NEW_ENTRY, fields)).isNotNull();
        }
    }
}
