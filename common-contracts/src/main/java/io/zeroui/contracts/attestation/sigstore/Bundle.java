package io.zeroui.contracts.attestation.sigstore;

import io.zeroui.contracts.attestation.dsse.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Sigstore bundle: what was signed, by whom, and what shows when. It has an envelope or a message signature, and a
 * certificate or the hint of a key.
 *
 * @param proofNeeded whether its version demands an inclusion proof of each log entry
 * @param certificate in DER; nobody changes the bytes
 * @param keyHint which key signed
 * @param entries of transparency logs
 * @param timestamps responses of RFC 3161 in DER
 * @param envelope what was signed
 * @param message what was signed
 */
public record Bundle(boolean proofNeeded, byte @Nullable [] certificate, @Nullable String keyHint, List<LogEntry> entries,
        List<byte[]> timestamps, @Nullable Envelope envelope, @Nullable MessageSignature message) {

    public Bundle {
        entries = List.copyOf(entries);
        timestamps = List.copyOf(timestamps);
    }
}
