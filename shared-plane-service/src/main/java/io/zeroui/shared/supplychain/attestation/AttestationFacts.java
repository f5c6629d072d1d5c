package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.Finding;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.dsse.Provenance;
import io.zeroui.contracts.attestation.dsse.Statement;
import io.zeroui.contracts.attestation.dsse.Subject;
import io.zeroui.contracts.attestation.verify.Attestation;
import io.zeroui.contracts.attestation.verify.Signer;
import io.zeroui.contracts.attestation.verify.Verdict;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an act keeps of an attestation and of a verification: what the tables need, bounded. */
final class AttestationFacts {

    private static final int TEXT_MOST = 500;
    private static final int REASONS_MOST = 20;
    private static final int DETAIL_MOST = 300;
    private static final String NAMED = "urn:zeroui:";

    private AttestationFacts() {
    }

    /** What the document says; a problem when a text in it is longer than is kept. */
    static ObjectNode of(Attestation attestation) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("form", attestation.form().name().toLowerCase(Locale.ROOT));
        Envelope envelope = attestation.envelope();
        if (envelope != null) {
            put(facts, "payload_type", envelope.payloadType());
        }
        ArrayNode subjects = facts.putArray("subjects");
        ArrayNode links = facts.putArray("links");
        Statement statement = attestation.statement();
        if (statement != null) {
            put(facts, "predicate_type", statement.predicateType());
            statement.provenance().ifPresent(provenance -> provenance(facts, provenance));
            linkEmitter(links, statement);
        }
        for (Subject subject : attestation.subjects()) {
            String name = bounded("a subject's name", subject.name());
            subject.digests().forEach((algorithm, hex) -> subjects.addObject().put("digest", algorithm + ':' + hex).put("name", name));
            link(links, name, digest(subject));
        }
        return facts;
    }

    private static void provenance(ObjectNode facts, Provenance provenance) {
        put(facts, "builder", provenance.builder());
        put(facts, "build_type", provenance.buildType());
        put(facts, "source", provenance.source());
    }

    /** A subject may be named {@code urn:zeroui:adapter:ID@VERSION} or {@code urn:zeroui:emitter:KID}. */
    private static void link(ArrayNode links, String name, String digest) {
        String rest = name.startsWith(NAMED) ? name.substring(NAMED.length()) : "";
        int colon = rest.indexOf(':');
        if (colon > 0 && LinkWish.fits(rest.substring(0, colon), rest.substring(colon + 1))) {
            links.addObject().put("kind", rest.substring(0, colon)).put("target", rest.substring(colon + 1)).put("digest", digest);
        }
    }

    /** A predicate may name the emitter that it is about. */
    private static void linkEmitter(ArrayNode links, Statement statement) {
        JsonNode kid = statement.predicate().path("emitter_kid");
        if (kid.isTextual() && LinkWish.fits("emitter", kid.textValue())) {
            links.addObject().put("kind", "emitter").put("target", kid.textValue()).put("digest", digest(statement.subjects().get(0)));
        }
    }

    private static String digest(Subject subject) {
        String algorithm = subject.digests().containsKey("sha256") ? "sha256" : subject.digests().firstKey();
        return algorithm + ':' + subject.digests().get(algorithm);
    }

    /** What a verification found. */
    static ObjectNode of(Verdict verdict) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("verified", verdict.isVerified());
        ArrayNode reasons = result.putArray("reasons");
        for (Finding finding : verdict.reasons().subList(0, Math.min(REASONS_MOST, verdict.reasons().size()))) {
            reasons.addObject().put("reason", finding.key()).put("detail", cut(finding.detail(), DETAIL_MOST));
        }
        ArrayNode signers = result.putArray("signers");
        for (Signer signer : verdict.signers()) {
            ObjectNode one = signers.addObject().put("fingerprint", signer.fingerprint());
            putCut(one, "kid", signer.kid());
            putCut(one, "identity", signer.identity());
            putCut(one, "issuer", signer.issuer());
        }
        if (verdict.signedAt() != null) {
            result.put("signed_at", verdict.signedAt().toString());
        }
        return result;
    }

    private static void put(ObjectNode object, String name, @Nullable String text) {
        if (text != null) {
            object.put(name, bounded(name, text));
        }
    }

    private static String bounded(String what, String text) {
        if (text.length() > TEXT_MOST) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, what + " has more than " + TEXT_MOST + " characters");
        }
        return text;
    }

    private static void putCut(ObjectNode object, String name, @Nullable String text) {
        if (text != null) {
            object.put(name, cut(text, TEXT_MOST));
        }
    }

    /** What every table can hold: bounded, without control characters and halves of surrogate pairs. */
    private static String cut(String text, int most) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return whole.codePointCount(0, whole.length()) <= most ? whole : whole.substring(0, whole.offsetByCodePoints(0, most));
    }
}
