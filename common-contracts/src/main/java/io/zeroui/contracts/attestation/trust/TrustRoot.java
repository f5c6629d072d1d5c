package io.zeroui.contracts.attestation.trust;

import java.util.List;

/**
 * Whom one believes. What is not in it is not believed.
 *
 * @param keys that may sign
 * @param threshold how many different keys must have signed an envelope that is in no bundle, at least 1
 * @param identities that certificates may name; without any, no certificate is believed
 * @param authorities that may issue certificates for signers
 * @param logs whose entries are believed
 * @param certificateLogs whose timestamps in certificates are believed
 * @param timestampAuthorities whose timestamps are believed
 * @param logNeeded whether a signature with a certificate must be in a log
 * @param certificateLogNeeded whether a certificate must be in a log
 */
public record TrustRoot(List<TrustedKey> keys, int threshold, List<IdentityRule> identities,
        List<CertificateAuthority> authorities, List<TrustedLog> logs, List<TrustedLog> certificateLogs,
        List<CertificateAuthority> timestampAuthorities, boolean logNeeded, boolean certificateLogNeeded) {

    /** Whom nobody has named: nothing is verified under it. */
    public static final TrustRoot NOBODY = new TrustRoot(List.of(), 1, List.of(), List.of(), List.of(), List.of(),
            List.of(), true, true);

    public TrustRoot {
        keys = List.copyOf(keys);
        identities = List.copyOf(identities);
        authorities = List.copyOf(authorities);
        logs = List.copyOf(logs);
        certificateLogs = List.copyOf(certificateLogs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
        if (threshold < 1) {
            throw new IllegalArgumentException("at least one key has to sign");
        }
    }
}
