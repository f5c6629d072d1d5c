package io.zeroui.contracts.attestation.dsse;

/**
 * A signature of an envelope.
 *
 * @param keyId whose it says it is; empty when it does not say. A hint that nobody has signed
 * @param bytes of the signature; nobody changes them
 */
public record EnvelopeSignature(String keyId, byte[] bytes) {
}
