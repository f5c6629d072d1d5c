package io.zeroui.contracts.attestation.trust;

/**
 * Whom a certificate may name.
 *
 * @param name the certificate's subject alternative name, a mail address or URI; with a {@code *} at its end any that
 *        starts so
 * @param issuer the URL of who identified him, exactly
 */
public record IdentityRule(String name, String issuer) {

    /** Whether the rule has this name in mind. */
    public boolean names(String other) {
        return name.endsWith("*") ? other.startsWith(name.substring(0, name.length() - 1)) : name.equals(other);
    }
}
