package io.zeroui.contracts.signature;

/** One implementation of Ed25519. What {@code prepare} returns only the same engine understands. */
interface Ed25519Engine {

    String name();

    Object prepare(byte[] rawPublicKey);

    Object preparePrivate(byte[] seed);

    boolean verifyPrepared(Object key, byte[] message, byte[] signature);

    byte[] signPrepared(Object key, byte[] message);
}
