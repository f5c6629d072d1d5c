package io.zeroui.contracts.signature;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Pure Java, works everywhere. */
final class BouncyCastleEngine implements Ed25519Engine {

    @Override
    public String name() {
        return "BouncyCastle";
    }

    @Override
    public Object prepare(byte[] rawPublicKey) {
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(rawPublicKey, 0);
        if (point == null) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return point;
    }

    @Override
    public Object preparePrivate(byte[] seed) {
        return seed;
    }

    @Override
    public boolean verifyPrepared(Object key, byte[] message, byte[] signature) {
        return Ed25519.verify(signature, 0, (Ed25519.PublicPoint) key, message, 0, message.length);
    }

    @Override
    public byte[] signPrepared(Object key, byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign((byte[]) key, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
