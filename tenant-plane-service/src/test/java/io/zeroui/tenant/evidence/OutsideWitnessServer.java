package io.zeroui.tenant.evidence;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.testing.TestCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A witness outside (C2SP tlog-witness) over real HTTP. How it misbehaves is in the tenant's name, before the first hyphen;
 * after its first few answers it behaves. {@code GET /answers/{tenant}} says with which states it has answered.
 */
public final class OutsideWitnessServer implements QuarkusTestResourceLifecycleManager {

    static final String NAME = "outside.example/witness";
    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final VerifierKey KEY = new VerifierKey(NAME, VerifierKey.COSIGNATURE_V1, KEYS.publicKey());
    private static final Ed25519PrivateKey LOGS = Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(TestCredentials.logKey()));

    private final Map<String, Checkpoint> known = new ConcurrentHashMap<>();
    private final Map<String, StringBuffer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/w/add-checkpoint", this::add);
        server.createContext("/answers/", this::tell);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("zeroui.evidence.witness.outside", KEY.format() + " " + url + "/w",
                "outside.witness.url", url, "outside.witness.vkey", KEY.format(),
                "zeroui.evidence.witness.patience", "PT1S", "zeroui.evidence.witness.retry-first", "PT0.5S",
                "zeroui.evidence.witness.retry-most", "PT2S", "zeroui.evidence.witness.refused-retry", "PT1S",
                "zeroui.evidence.witness.timeout", "PT1S");
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void tell(HttpExchange exchange) throws IOException {
        String tenant = exchange.getRequestURI().getPath().substring("/answers/".length());
        send(exchange, 200, answers.getOrDefault(tenant, new StringBuffer()).toString());
    }

    private void add(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        AddCheckpoint request;
        Checkpoint checkpoint;
        try {
            request = AddCheckpoint.parse(body);
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (IllegalArgumentException e) {
            send(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        String tenant = checkpoint.origin().substring(checkpoint.origin().lastIndexOf('/') + 1);
        StringBuffer said = answers.computeIfAbsent(tenant, absent -> new StringBuffer());
        int before = said.toString().split(" ", -1).length - 1;
        if (!misbehave(exchange, tenant.substring(0, tenant.indexOf('-')), before, request, checkpoint, said)) {
            behave(exchange, request, checkpoint, said);
        }
    }

    private boolean misbehave(HttpExchange exchange, String how, int before, AddCheckpoint request, Checkpoint checkpoint,
            StringBuffer said) throws IOException {
        switch (how) {
            case "fork" -> answer(exchange, 422, "", said);
            case "stranger" -> answer(exchange, 404, "", said);
            case "rollback" -> answer(exchange, 409, "1000000\n", said);
            case "slow" -> {
                return before == 0 && slow(exchange, said);
            }
            case "huge" -> {
                return before == 0 && answer(exchange, 200, "h".repeat(10 << 20), said);
            }
            case "lost" -> { // it has cosigned, and the answer is lost
                if (before == 0) {
                    known.put(checkpoint.origin(), checkpoint);
                    said.append("lost ");
                    exchange.close();
                }
                return before == 0;
            }
            case "wrong" -> {
                NoteSignature other = cosign(request, Ed25519.newKeyPair());
                return before < 2 && answer(exchange, 200,
                        new NoteSignature(NAME, KEY.id(), other.bytes()).line() + "\n", said);
            }
            case "garbage" -> {
                return switch (before) {
                    case 0 -> answer(exchange, 200, "hello\u0000\u001b[2J", said);
                    case 1 -> answer(exchange, 409, "many\n", said);
                    case 2 -> answer(exchange, 503, "later", said);
                    case 3 -> {
                        exchange.getResponseHeaders().set("Location", "/w/add-checkpoint");
                        yield answer(exchange, 307, "", said);
                    }
                    default -> false;
                };
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean slow(HttpExchange exchange, StringBuffer said) throws IOException {
        said.append("slow ");
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int i = 0; i < 30; i++) { // a byte now and then, so that no read ever times out
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            said.append("hung-up ");
        }
        exchange.close();
        return true;
    }

    private synchronized void behave(HttpExchange exchange, AddCheckpoint request, Checkpoint checkpoint, StringBuffer said)
            throws IOException {
        Checkpoint before = known.getOrDefault(checkpoint.origin(), Checkpoint.of(checkpoint.origin(), 0, MerkleTree.EMPTY_ROOT));
        VerifierKey log = new VerifierKey(checkpoint.origin(), VerifierKey.ED25519, LOGS.publicKey());
        try {
            assert !request.checkpoint().verify(List.of(log)).isEmpty();
        } catch (NotVerified e) {
            answer(exchange, 403, "", said);
            return;
        }
        if (request.oldSize() != before.size()) {
            answer(exchange, 409, before.size() + "\n", said);
            return;
        }
        try {
            Hash root = before.rootHash();
            MerkleTree.verifyConsistency(before.size(), root, checkpoint.size(), checkpoint.rootHash(), request.proof());
        } catch (NotVerified e) {
            answer(exchange, 422, "", said);
            return;
        }
        known.put(checkpoint.origin(), checkpoint);
        NoteSignature stranger = new NoteSignature("somebody.example/else", 7, new byte[72]);
        answer(exchange, 200, stranger.line() + "\n" + cosign(request, KEYS).line() + "\n", said);
    }

    private static NoteSignature cosign(AddCheckpoint request, Ed25519KeyPair keys) {
        VerifierKey key = new VerifierKey(NAME, VerifierKey.COSIGNATURE_V1, keys.publicKey());
        List<NoteSignature> all = request.checkpoint().cosign(key, keys.privateKey(), Instant.now().getEpochSecond()).signatures();
        return all.get(all.size() - 1);
    }

    private static boolean answer(HttpExchange exchange, int status, String body, StringBuffer said) throws IOException {
        said.append(status).append(' ');
        send(exchange, status, body);
        return true;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            return; // whoever asked has hung up
        }
    }
}
