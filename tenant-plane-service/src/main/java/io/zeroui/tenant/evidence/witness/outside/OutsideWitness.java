package io.zeroui.tenant.evidence.witness.outside;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.runtime.bodies.AnswerBody;
import io.zeroui.tenant.evidence.witness.LogOffer;
import io.zeroui.tenant.evidence.witness.WitnessOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One witness outside. */
final class OutsideWitness {

    private static final int ANSWER_MOST = 1 << 14;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final VerifierKey key;
    private final URI address;
    private final HttpClient client;
    private final Duration timeout;
    private final AtomicBoolean busy = new AtomicBoolean();

    OutsideWitness(VerifierKey key, URI address, HttpClient client, Duration timeout) {
        this.key = key;
        this.address = address;
        this.client = client;
        this.timeout = timeout;
    }

    /**
     * Reads the setting: verifier key, space, URL; several are parted by commas or lines.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static List<OutsideWitness> parse(String setting, HttpClient client, Duration timeout) {
        List<OutsideWitness> witnesses = new ArrayList<>();
        for (String text : setting.split("[,\n]")) {
            if (text.isBlank()) {
                continue;
            }
            String[] words = text.strip().split("\\s+");
            if (words.length != 2) {
                throw new IllegalArgumentException("a witness is a verifier key, a space and a URL, not: " + text.strip());
            }
            witnesses.add(new OutsideWitness(key(words[0]), address(words[1]), client, timeout));
        }
        if (witnesses.stream().map(OutsideWitness::name).distinct().count() < witnesses.size()) {
            throw new IllegalArgumentException("a witness is named twice");
        }
        return witnesses;
    }

    /** The verifier key. */
    String name() {
        return key.format();
    }

    /** True for one at a time, until {@link #leave}. */
    boolean enter() {
        return busy.compareAndSet(false, true);
    }

    void leave() {
        busy.set(false);
    }

    /** What it makes of an offer; never fails. The whole answer must come in time, and is bounded. */
    Uni<WitnessOutcome> ask(LogOffer offer) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(timeout)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(offer.request().format())).build();
        return send(request)
                .ifNoItem().after(timeout).fail()
                .map(answer -> outcome(offer, answer))
                .onFailure().recoverWithItem(failure -> new WitnessOutcome.Failed(String.valueOf(failure)));
    }

    /** Who gives up waiting closes the connection. */
    private Uni<HttpResponse<byte[]>> send(HttpRequest request) {
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, answer -> new AnswerBody(ANSWER_MOST));
            emitter.onTermination(() -> sent.cancel(true));
            var unused = sent.whenComplete((answer, failure) -> {
                if (failure == null) {
                    emitter.complete(answer);
                } else {
                    emitter.fail(failure);
                }
            });
        });
    }

    private WitnessOutcome outcome(LogOffer offer, HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case OK -> cosigned(offer, answer.body());
            case CONFLICT -> conflict(offer, answer.body());
            case NOT_FOUND -> refused(offer, WitnessRefusal.UNKNOWN_LOG, "it does not serve the log " + offer.checkpoint().origin());
            case FORBIDDEN -> refused(offer, WitnessRefusal.SIGNATURE, "it does not trust the key " + offer.logKey());
            case UNPROCESSABLE -> refused(offer, WitnessRefusal.INCONSISTENT, "the proof from " + offer.request().oldSize() + " to "
                    + offer.checkpoint().size() + " does not hold for what it knows");
            case BAD_REQUEST -> refused(offer, WitnessRefusal.MALFORMED, "it takes the request for malformed");
            default -> new WitnessOutcome.Failed("it answers with status " + answer.statusCode());
        };
    }

    private static WitnessOutcome refused(LogOffer offer, WitnessRefusal refusal, String detail) {
        return new WitnessOutcome.Refused(offer.checkpoint().size(), refusal, detail);
    }

    /** Lines of other keys may be there as well, and are nothing to us. */
    private WitnessOutcome cosigned(LogOffer offer, byte[] body) {
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            for (String line : text.lines().limit(SignedNote.MAX_SIGNATURES).toList()) {
                NoteSignature signature = NoteSignature.parse(line);
                if (key.isNamedBy(signature)) {
                    var unused = offer.request().checkpoint().with(signature).verify(List.of(key));
                    return new WitnessOutcome.Cosigned(offer.checkpoint().size(), offer.checkpoint().rootHash(), key, signature);
                }
            }
            return new WitnessOutcome.Failed("its answer has no cosignature by " + key);
        } catch (NotVerified | IllegalArgumentException e) {
            return new WitnessOutcome.Failed("its cosignature does not hold: " + e.getMessage());
        }
    }

    /** A witness that knows the very size that was offered, and not the root, has seen another log. */
    private static WitnessOutcome conflict(LogOffer offer, byte[] body) {
        if (offer.request().oldSize() == offer.checkpoint().size() && isSize(offer.checkpoint().size(), body)) {
            return refused(offer, WitnessRefusal.FORK,
                    "of size " + offer.checkpoint().size() + " it has seen another root than " + offer.checkpoint().rootHash());
        }
        try {
            long known = AddCheckpoint.parseSize(body);
            return known == offer.request().oldSize()
                    ? new WitnessOutcome.Failed("it answers 409, and knows the size that was offered from")
                    : new WitnessOutcome.Conflict(known);
        } catch (IllegalArgumentException e) {
            return new WitnessOutcome.Failed("it answers 409 without a size");
        }
    }

    /** C2SP says what is in the answer where the sizes differ, and leaves it open where they do not. */
    private static boolean isSize(long size, byte[] body) {
        try {
            return AddCheckpoint.parseSize(body) == size;
        } catch (IllegalArgumentException e) {
            return body.length == 0;
        }
    }

    private static VerifierKey key(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        if (key.type() != VerifierKey.COSIGNATURE_V1) {
            throw new IllegalArgumentException("the key " + vkey + " is a log's, not a witness'");
        }
        return key;
    }

    private static URI address(String url) {
        URI prefix = URI.create(url.endsWith("/") ? url : url + "/");
        boolean isWeb = "https".equals(prefix.getScheme()) || "http".equals(prefix.getScheme());
        if (!isWeb || prefix.getHost() == null || prefix.getRawQuery() != null || prefix.getRawFragment() != null
                || prefix.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a witness has a plain http or https URL, not " + url);
        }
        return prefix.resolve("add-checkpoint");
    }
}
