package io.zeroui.tenant.evidence.witness.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.tenant.evidence.witness.LogOffer;
import io.zeroui.tenant.evidence.witness.WitnessOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a witness' answers, over real HTTP. */
class OutsideWitnessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final VerifierKey KEY = witness("w.example/one", KEYS);
    private static final Ed25519KeyPair LOG = Ed25519.newKeyPair();
    private static final VerifierKey LOG_KEY = new VerifierKey("l.example/log", VerifierKey.ED25519, LOG.publicKey());

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<byte[]> asked = new AtomicReference<>();
    private final AtomicBoolean hungUp = new AtomicBoolean();
    private HttpServer server;
    private int status = 200;
    private byte[] body = {};
    private boolean slow;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/w/add-checkpoint", exchange -> {
            asked.set(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, slow ? 0 : body.length == 0 ? -1 : body.length);
            try {
                for (int i = 0; slow && i < 100; i++) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                hungUp.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aCosignatureIsFoundAmongOthersAndTheRequestIsThatOfTheSpecification() {
        LogOffer offer = offer(3, 7);
        NoteSignature own = cosign(offer, KEY, KEYS);
        answers(200, new NoteSignature("somebody.example/else", 5, new byte[72]).line() + "\n" + own.line() + "\n");

        assertThat(ask(offer)).isEqualTo(new WitnessOutcome.Cosigned(7, offer.checkpoint().rootHash(), KEY, own));
        assertThat(AddCheckpoint.parse(asked.get())).isEqualTo(offer.request());
        assertThat(new String(asked.get(), StandardCharsets.UTF_8)).startsWith("old 3\n");
    }

    @Test
    void whatTheKeyHasNotSignedIsNoCosignature() {
        LogOffer offer = offer(0, 7);
        NoteSignature other = cosign(offer, witness(KEY.name(), LOG), LOG);
        answers(200, other.line() + "\n");
        assertThat(ask(offer)).isInstanceOf(WitnessOutcome.Failed.class);
        answers(200, new NoteSignature(KEY.name(), KEY.id(), other.bytes()).line() + "\n");
        assertThat(ask(offer)).isInstanceOf(WitnessOutcome.Failed.class).asString().contains("does not hold");
        answers(200, cosign(offer(0, 8), KEY, KEYS).line() + "\n");
        assertThat(ask(offer)).isInstanceOf(WitnessOutcome.Failed.class).asString().contains("does not hold");
    }

    @ParameterizedTest
    @CsvSource({"403,SIGNATURE", "404,UNKNOWN_LOG", "422,INCONSISTENT", "400,MALFORMED"})
    void aRefusalHasItsReason(int code, WitnessRefusal reason) {
        answers(code, "x");
        assertThat(ask(offer(3, 7))).isInstanceOfSatisfying(WitnessOutcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(reason);
            assertThat(refused.size()).isEqualTo(7);
        });
    }

    @Test
    void aConflictSaysFromWhereToGoOnAndOfTheSameSizeIsAFork() {
        answers(409, "5\n");
        assertThat(ask(offer(3, 7))).isEqualTo(new WitnessOutcome.Conflict(5));
        answers(409, "1000\n");
        assertThat(ask(offer(3, 7))).isEqualTo(new WitnessOutcome.Conflict(1000));
        answers(409, "7\n");
        assertThat(ask(offer(7, 7))).isInstanceOfSatisfying(WitnessOutcome.Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(WitnessRefusal.FORK));
        answers(409, "3\n");
        assertThat(ask(offer(3, 7))).as("it contradicts itself").isInstanceOf(WitnessOutcome.Failed.class);
        answers(409, "many");
        assertThat(ask(offer(3, 7))).isInstanceOf(WitnessOutcome.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 307, 201, 429})
    void anyOtherStatusIsAFailureAndNobodyIsFollowed(int code) {
        answers(code, "");
        assertThat(ask(offer(3, 7))).isEqualTo(new WitnessOutcome.Failed("it answers with status " + code));
    }

    @Test
    void garbageTooMuchTooSlowAndNobodyAreFailuresInTime() {
        answers(200, "\u0000\u001b[2J— x");
        assertThat(ask(offer(3, 7))).isInstanceOf(WitnessOutcome.Failed.class);
        answers(200, "h".repeat(10 << 20));
        assertThat(ask(offer(3, 7))).isInstanceOf(WitnessOutcome.Failed.class).asString().contains("more than");
        slow = true;
        answers(200, "");
        long begin = System.nanoTime();
        assertThat(ask(offer(3, 7))).isInstanceOf(WitnessOutcome.Failed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        await().atMost(Duration.ofSeconds(4)).untilTrue(hungUp);
        server.stop(0);
        assertThat(ask(offer(3, 7))).isInstanceOf(WitnessOutcome.Failed.class);
    }

    @Test
    void theSettingIsReadStrictly() {
        String good = KEY.format() + " https://w.example/one/";
        assertThat(parse("")).isEmpty();
        assertThat(parse(" " + good + " ,\n" + witness("w.example/two", LOG).format() + " http://127.0.0.1:9")).hasSize(2);
        for (String wrong : List.of(KEY.format(), good + " more", "x https://w.example", LOG_KEY.format() + " https://w.example",
                KEY.format() + " ftp://w.example", KEY.format() + " https://", KEY.format() + " /w", good + "," + good,
                KEY.format() + " https://user@w.example/", KEY.format() + " https://w.example/?a=b",
                KEY.format() + " https://w.example/#f")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> parse(wrong));
        }
    }

    private void answers(int code, String text) {
        status = code;
        body = text.getBytes(StandardCharsets.UTF_8);
    }

    private WitnessOutcome ask(LogOffer offer) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/w";
        return parse(KEY.format() + " " + url).get(0).ask(offer).await().atMost(Duration.ofSeconds(20));
    }

    private static List<OutsideWitness> parse(String setting) {
        return OutsideWitness.parse(setting, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), TIMEOUT);
    }

    private static LogOffer offer(long from, long size) {
        Checkpoint checkpoint = Checkpoint.of(LOG_KEY.name(), size, Hash.of(new byte[] {(byte) size}));
        SignedNote note = SignedNote.sign(checkpoint.text(), LOG_KEY, LOG.privateKey());
        return new LogOffer(TenantId.of("acme"), LOG_KEY,
                new AddCheckpoint(from, from == 0 ? List.of() : List.of(Hash.ZERO, Hash.of(new byte[1])), note), checkpoint);
    }

    private static NoteSignature cosign(LogOffer offer, VerifierKey key, Ed25519KeyPair keys) {
        return offer.request().checkpoint().cosign(key, keys.privateKey(), 1_800_000_000).signatures().get(1);
    }

    private static VerifierKey witness(String name, Ed25519KeyPair keys) {
        return new VerifierKey(name, VerifierKey.COSIGNATURE_V1, keys.publicKey());
    }
}
