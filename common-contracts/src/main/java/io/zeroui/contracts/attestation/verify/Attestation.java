package io.zeroui.contracts.attestation.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.dsse.Statement;
import io.zeroui.contracts.attestation.dsse.Subject;
import io.zeroui.contracts.attestation.sigstore.Bundle;
import io.zeroui.contracts.attestation.sigstore.BundleReader;
import io.zeroui.contracts.attestation.sigstore.MessageSignature;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document that says something about subjects: an envelope on its own, or a Sigstore bundle. What it says is not
 * believed before it is verified.
 *
 * @param form of the document
 * @param envelope of the document or the bundle; absent where the bundle signs an artifact
 * @param bundle absent where the document is an envelope
 * @param statement absent where the payload is none of in-toto
 */
public record Attestation(Form form, @Nullable Envelope envelope, @Nullable Bundle bundle, @Nullable Statement statement) {

    /** The forms of documents. */
    public enum Form {
        /** A DSSE envelope. */
        DSSE,
        /** A Sigstore bundle. */
        SIGSTORE_BUNDLE
    }

    /**
     * Reads a document.
     *
     * @throws AttestationRefused when it is neither, or malformed
     */
    public static Attestation read(byte[] document) throws AttestationRefused {
        ObjectNode object = Members.document(document);
        if (object.has("mediaType")) {
            Bundle bundle = BundleReader.read(object);
            Envelope envelope = bundle.envelope();
            return new Attestation(Form.SIGSTORE_BUNDLE, envelope, bundle, statement(envelope));
        }
        if (!Envelope.looksLike(object)) {
            throw new AttestationRefused(Reason.UNKNOWN_MEDIA_TYPE, "neither a DSSE envelope nor a Sigstore bundle");
        }
        Envelope envelope = Envelope.read(object);
        return new Attestation(Form.DSSE, envelope, null, statement(envelope));
    }

    /** What it is about: the statement's subjects, or the artifact of a message signature. */
    public List<Subject> subjects() {
        if (statement != null) {
            return statement.subjects();
        }
        MessageSignature message = bundle == null ? null : bundle.message();
        return message == null ? List.of()
                : List.of(Subject.of("", message.algorithm(), HexFormat.of().formatHex(message.digest())));
    }

    /** What kind of thing it says; empty when it says nothing or not in a statement. */
    public Optional<String> predicateType() {
        return Optional.ofNullable(statement).map(Statement::predicateType);
    }

    private static @Nullable Statement statement(@Nullable Envelope envelope) throws AttestationRefused {
        return envelope == null ? null : envelope.statement().orElse(null);
    }
}
