package io.zeroui.contracts.attestation;

import java.util.Locale;

/** Why an attestation is not verified. What is unknown is never called wrong, and what is not signed never verified. */
public enum Reason {
    /** Not JSON, or JSON that readers could understand differently. */
    MALFORMED_JSON,
    /** More bytes, members, signatures or hashes than are read. */
    TOO_LARGE,
    /** Nested deeper than is read. */
    TOO_DEEP,
    /** Neither a DSSE envelope nor a Sigstore bundle of a known version. */
    UNKNOWN_MEDIA_TYPE,
    /** A member of the envelope is missing or has another form. */
    MALFORMED_ENVELOPE,
    /** A member of the bundle is missing or has another form. */
    MALFORMED_BUNDLE,
    /** A member that has to be base64 is not, or was cut off. */
    INVALID_BASE64,
    /** The payload says that it is an in-toto statement and is none of a known version. */
    INVALID_STATEMENT,
    /** The trust root has another form. */
    INVALID_TRUST_ROOT,
    /** There is no signature. */
    UNSIGNED,
    /** A bundle's envelope has more than its one signature. */
    MORE_THAN_ONE_SIGNATURE,
    /** The signature names a key that is not trusted, and no trusted one made it. */
    UNKNOWN_KEY,
    /** The signature names no key, and no trusted one made it. */
    NO_TRUSTED_KEY_SIGNED,
    /** The signature names a trusted key, or comes with its certificate, and is not by it over this content. */
    WRONG_SIGNATURE,
    /** Fewer different trusted keys have signed than must have. */
    THRESHOLD_NOT_REACHED,
    /** The key was not, or no longer, trusted at the time of signing. */
    KEY_NOT_VALID_THEN,
    /** The signature is over the artifact itself, which is needed to check it. */
    ARTIFACT_NEEDED,
    /** None of the subjects has the digest that was asked about. */
    SUBJECT_MISMATCH,
    /** The certificate cannot be read or is not one for signing code. */
    UNFIT_CERTIFICATE,
    /** No trusted authority issued the certificate. */
    UNTRUSTED_CERTIFICATE,
    /** The certificate had expired when the signature was made. */
    CERTIFICATE_EXPIRED_AT_SIGNING,
    /** The certificate was not yet valid when the signature was made. */
    CERTIFICATE_NOT_YET_VALID_AT_SIGNING,
    /** No trusted identity has this name. */
    WRONG_IDENTITY,
    /** The identity is trusted, but from another issuer. */
    WRONG_ISSUER,
    /** The certificate has no timestamp of a certificate log (RFC 6962). */
    SCT_MISSING,
    /** The certificate's timestamp is of a log that is not trusted. */
    SCT_UNKNOWN_LOG,
    /** The certificate's timestamp is not by the log that it names. */
    SCT_WRONG,
    /** Nothing that is trusted says when the signature was made. */
    NO_TRUSTED_TIME,
    /** There is no entry of a transparency log. */
    LOG_ENTRY_MISSING,
    /** The log of the entry is not trusted. */
    UNKNOWN_LOG,
    /** The log's entry is about another content, signature or signer. */
    LOG_ENTRY_MISMATCH,
    /** The log's promise to include the entry is not by the log. */
    SIGNED_ENTRY_TIMESTAMP_WRONG,
    /** The bundle's version demands an inclusion proof with a checkpoint. */
    INCLUSION_PROOF_MISSING,
    /** The inclusion proof does not lead to its root hash. */
    INCLUSION_PROOF_WRONG,
    /** The checkpoint is malformed, or not of the proof's tree. */
    CHECKPOINT_WRONG,
    /** The log has not signed the checkpoint. */
    CHECKPOINT_UNSIGNED,
    /** The timestamp (RFC 3161) is malformed or not over this signature. */
    TIMESTAMP_WRONG,
    /** The timestamp is not by a trusted authority. */
    TIMESTAMP_UNKNOWN_AUTHORITY;

    /** The name in lower case, as documents and answers have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
