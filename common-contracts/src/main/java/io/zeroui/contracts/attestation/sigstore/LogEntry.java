package io.zeroui.contracts.attestation.sigstore;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a transparency log.
 *
 * @param index in the log
 * @param logId which log
 * @param kind and version, for example {@code hashedrekord 0.0.1}
 * @param integratedSeconds when the log took it in, since 1970-01-01T00:00Z; believed when a promise is there and holds
 * @param promise the log's signature over the other members; absent where the log makes none
 * @param proof absent in old bundles
 * @param body the entry's bytes, which are the leaf's; nobody changes them
 */
public record LogEntry(long index, byte[] logId, String kind, long integratedSeconds, byte @Nullable [] promise,
        @Nullable InclusionProof proof, byte[] body) {
}
