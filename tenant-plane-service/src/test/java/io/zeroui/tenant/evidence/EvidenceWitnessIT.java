package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessAnswer;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** A log and its witnesses: the product plane's, whose part the test plays on the bus, and one outside over HTTP. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
@WithTestResource(OutsideWitnessServer.class)
class EvidenceWitnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final VerifierKey WITNESS = new VerifierKey("zeroui.local/witness", VerifierKey.COSIGNATURE_V1, KEYS.publicKey());

    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private TenantId tenant = TenantId.of("good-" + UUID.randomUUID());

    @Test
    void aCheckpointIsOfferedCosignedKeptAndShownAndTheNextOneGoesOnFromIt() throws NotVerified {
        CheckpointOffer first = offered(grow(7), 0);
        assertThat(first.proof()).isEmpty();
        answer(cosigned(first, KEYS));
        awaitKept(7);

        CheckpointOffer next = offered(grow(300), 7);
        MerkleTree.verifyConsistency(7, checkpoint(first).rootHash(), 300, checkpoint(next).rootHash(),
                next.proof().stream().map(AddCheckpoint::hash).toList());
        answer(cosigned(next, KEYS));
        awaitKept(300);

        given().get("/v1/evidence/logs/{tenant}/witnesses", tenant.value()).then().statusCode(200)
                .body("items.find { it.witness == 'zeroui.local/witness' }.size", equalTo(300))
                .body("items.find { it.witness == 'zeroui.local/witness' }.root_hash",
                        equalTo(AddCheckpoint.base64(checkpoint(next).rootHash())))
                .body("items.find { it.witness == 'zeroui.local/witness' }.cosigned_at", containsString("20"))
                .body("refusals.size()", equalTo(0));
    }

    @Test
    void anOfferThatNobodyAnswersIsMadeAgainAndAWitnessThatKnowsMoreIsGoneOnFrom() throws NotVerified {
        CheckpointOffer first = offered(grow(5), 0);
        await().atMost(PATIENCE).until(() -> offers().filter(offer -> offer.oldSize() == 0).count() >= 3);
        answer(WitnessAnswer.refused(first, 5, null, WitnessRefusal.CONFLICT, 3, "known up to 3"));

        CheckpointOffer next = offered(5, 3);
        assertThat(next.proof()).isNotEmpty();
        answer(WitnessAnswer.refused(next, 5, null, WitnessRefusal.CONFLICT, 5, "the answer was lost"));
        CheckpointOffer same = offered(5, 5);
        assertThat(same.proof()).isEmpty();
        answer(cosigned(same, KEYS));
        awaitKept(5);
    }

    @Test
    void answersThatComeLateTwiceOrForgedChangeNothing() throws NotVerified, InterruptedException {
        CheckpointOffer early = offered(grow(4), 0);
        CheckpointOffer late = offered(grow(9), 0);
        answer(cosigned(late, KEYS));
        awaitKept(9);
        byte[] kept = read(file());

        answer(cosigned(early, KEYS));
        answer(cosigned(late, KEYS));
        WitnessAnswer forged = cosigned(late, Ed25519.newKeyPair());
        answer(new WitnessAnswer(tenant.value(), "local", 9, forged.rootHash(), WITNESS.format(), forged.cosignature(), null, 9, null));
        Checkpoint other = Checkpoint.of(checkpoint(late).origin(), 9, Hash.of(new byte[3]));
        answer(cosigned(late, other, KEYS));
        answer(WitnessAnswer.refused(early, 4, null, WitnessRefusal.KEY, 0, "late word"));
        answer(new WitnessAnswer(tenant.value(), "elsewhere", 9, null, null, null, WitnessRefusal.KEY, 0, "another region's"));
        CheckpointOffer newest = offered(grow(11), 9);
        answer(cosigned(newest, KEYS));
        awaitKept(11);

        assertThat(SignedNote.parse(kept).verify(List.of(WITNESS))).containsKey(WITNESS);
        assertThat(files()).filteredOn(file -> file.getFileName().toString().startsWith("zeroui.local_witness")).hasSize(1);
        given().get("/v1/evidence/logs/{tenant}/witnesses", tenant.value()).then().body("refusals.size()", equalTo(0));
    }

    @Test
    void aWitnessThatHasSeenMoreLinesThanThereAreIsSeenByAnOperatorAndSoIsWhatItRefuses() throws NotVerified {
        CheckpointOffer offer = offered(grow(3), 0);
        answer(WitnessAnswer.refused(offer, 3, null, WitnessRefusal.CONFLICT, 1000, "known up to 1000"));
        awaitRefusal("product", "rollback");
        assertThat(given().get("/v1/status").jsonPath().getLong("witness_refusals")).isPositive();

        tenant = TenantId.of("good-" + UUID.randomUUID());
        CheckpointOffer another = offered(grow(3), 0);
        answer(WitnessAnswer.refused(another, 3, null, WitnessRefusal.KEY, 0, "the key is another"));
        awaitRefusal("product", "key");
        CheckpointOffer accepted = offered(grow(4), 0);
        answer(cosigned(accepted, KEYS));
        awaitKept(4);
        given().get("/v1/evidence/logs/{tenant}/witnesses", tenant.value()).then().body("refusals.size()", equalTo(0));
    }

    /** What the witness outside does wrong at first is in the name; it is asked again, and nothing false is kept. */
    @ParameterizedTest
    @ValueSource(strings = {"good", "lost", "slow", "huge", "wrong", "garbage"})
    void aWitnessOutsideCosignsOnceItBehaves(String how) throws NotVerified {
        tenant = TenantId.of(how + "-" + UUID.randomUUID());
        grow(6);
        SignedNote note = awaitOutside(6);
        assertThat(note.verify(List.of(outside()))).containsKey(outside());
        assertThat(note.signatures()).as("the log's and the witness', nobody else's").hasSize(2);

        grow(8);
        assertThat(awaitOutside(8).verify(List.of(outside()))).containsKey(outside());
        assertThat(answers()).endsWith("200 ").contains(switch (how) {
            case "lost" -> "lost 409 200 ";
            case "slow" -> "slow hung-up ";
            case "huge" -> "200 200 ";
            case "wrong" -> "200 200 200 ";
            case "garbage" -> "200 409 503 307 200 ";
            default -> "200 200 ";
        });
    }

    @ParameterizedTest
    @CsvSource({"fork,inconsistent", "stranger,unknown_log", "rollback,rollback"})
    void whatAWitnessOutsideRefusesIsSeenByAnOperatorAndDelaysNobody(String how, String reason) {
        tenant = TenantId.of(how + "-" + UUID.randomUUID());
        grow(2);
        awaitRefusal(outside().format(), reason);
        assertThat(files()).noneMatch(file -> file.getFileName().toString().startsWith("outside"));

        tenant = TenantId.of("good-" + UUID.randomUUID());
        grow(2);
        assertThat(awaitOutside(2)).isNotNull();
    }

    /** Sends receipts until the log has that many lines in a checkpoint. */
    private long grow(long size) {
        long now = size();
        emitter.decisions("core-api", (int) (size - now)).forEach(line -> edge.send(tenant, line, emitter));
        await().atMost(PATIENCE).until(() -> size() == size);
        return size;
    }

    private long size() {
        var response = given().get("/v1/evidence/logs/{tenant}/checkpoint", tenant.value());
        return response.statusCode() == 404 ? 0 : Checkpoint.parse(SignedNote.parse(response.asByteArray()).text()).size();
    }

    /** The offer of that size that begins at another. */
    private CheckpointOffer offered(long size, long from) {
        await().atMost(PATIENCE).until(() -> find(size, from).isPresent());
        return find(size, from).orElseThrow();
    }

    private Optional<CheckpointOffer> find(long size, long from) {
        return offers().filter(offer -> offer.oldSize() == from && checkpoint(offer).size() == size).findFirst();
    }

    private Stream<CheckpointOffer> offers() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.TENANT_CHECKPOINTS.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                            CheckpointOffer.class))
                    .filter(offer -> offer.tenantId().equals(tenant.value())).toList().stream();
        }
    }

    private static Checkpoint checkpoint(CheckpointOffer offer) {
        return Checkpoint.parse(SignedNote.parse(offer.checkpoint().getBytes(StandardCharsets.UTF_8)).text());
    }

    private static WitnessAnswer cosigned(CheckpointOffer offer, Ed25519KeyPair keys) {
        return cosigned(offer, checkpoint(offer), keys);
    }

    private static WitnessAnswer cosigned(CheckpointOffer offer, Checkpoint checkpoint, Ed25519KeyPair keys) {
        VerifierKey key = new VerifierKey(WITNESS.name(), VerifierKey.COSIGNATURE_V1, keys.publicKey());
        Ed25519KeyPair log = Ed25519.newKeyPair();
        SignedNote note = SignedNote.sign(checkpoint.text(),
                new VerifierKey(checkpoint.origin(), VerifierKey.ED25519, log.publicKey()), log.privateKey());
        NoteSignature signature = note.cosign(key, keys.privateKey(), Instant.now().getEpochSecond()).signatures().get(1);
        return WitnessAnswer.cosigned(offer, checkpoint.size(), AddCheckpoint.base64(checkpoint.rootHash()), key.format(),
                signature.line());
    }

    private static void answer(WitnessAnswer answer) {
        Map<byte[], byte[]> fields = new HashMap<>();
        EventEnvelope.of(EventEnvelope.CHECKPOINT_WITNESSED, "urn:zeroui:plane:product", Instant.now(), EventJson.write(answer))
                .toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.PRODUCT_COSIGNATURES.streamKey().getBytes(StandardCharsets.UTF_8),
                    new XAddParams(), fields)).isNotNull();
        }
    }

    private void awaitKept(long size) throws NotVerified {
        await().atMost(PATIENCE).until(() -> Files.exists(file()) && kept(file()).size() == size);
        SignedNote note = SignedNote.parse(read(file()));
        VerifierKey log = VerifierKey.parse(given().get("/v1/evidence/logs/{tenant}/vkey", tenant.value()).asString().strip());
        assertThat(note.verify(List.of(WITNESS, log))).containsOnlyKeys(log, WITNESS);
    }

    private SignedNote awaitOutside(long size) {
        await().atMost(PATIENCE).until(() -> files().stream()
                .anyMatch(file -> file.getFileName().toString().startsWith("outside.example_witness+") && kept(file).size() == size));
        return SignedNote.parse(read(files().stream().filter(file -> file.getFileName().toString().startsWith("outside"))
                .findFirst().orElseThrow()));
    }

    private void awaitRefusal(String witness, String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(given().get("/v1/evidence/logs/{tenant}/witnesses", tenant.value())
                .jsonPath().<String> getList("refusals.findAll { it.witness == '" + witness + "' }.reason")).containsExactly(reason));
    }

    private Path folder() {
        return PlaneResource.zuRoot().zuRoot().evidenceLogFolder(tenant, LedgerView.REGION).resolve("witness");
    }

    private Path file() {
        return folder().resolve("zeroui.local_witness+" + WITNESS.format().split("\\+", 3)[1]);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Checkpoint kept(Path file) {
        return Checkpoint.parse(SignedNote.parse(read(file)).text());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VerifierKey outside() {
        return VerifierKey.parse(ConfigProvider.getConfig().getValue("outside.witness.vkey", String.class));
    }

    private String answers() {
        String url = ConfigProvider.getConfig().getValue("outside.witness.url", String.class);
        return given().get(url + "/answers/" + tenant).asString();
    }
}
