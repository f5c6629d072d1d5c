package io.zeroui.contracts.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Ed25519 of a JCA provider instance; the provider is not registered with the JVM. */
final class ProviderEngine implements Ed25519Engine {

    private final Provider provider;
    private final String algorithm;
    private final KeyFactory keyFactory;

    ProviderEngine(Provider provider, String algorithm) throws GeneralSecurityException {
        this.provider = provider;
        this.algorithm = algorithm;
        this.keyFactory = KeyFactory.getInstance(algorithm, provider);
    }

    @Override
    public String name() {
        return provider.getName();
    }

    @Override
    public Object prepare(byte[] rawPublicKey) {
        try {
            return keyFactory.generatePublic(new X509EncodedKeySpec(Pem.der(rawPublicKey, Pem.SPKI_PREFIX)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    @Override
    public Object preparePrivate(byte[] seed) {
        try {
            return keyFactory.generatePrivate(new PKCS8EncodedKeySpec(Pem.der(seed, Pem.PKCS8_PREFIX)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key", e);
        }
    }

    @Override
    public boolean verifyPrepared(Object key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm, provider);
            verifier.initVerify((PublicKey) key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("provider " + name() + " cannot verify Ed25519", e);
        }
    }

    @Override
    public byte[] signPrepared(Object key, byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm, provider);
            signer.initSign((PrivateKey) key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("provider " + name() + " cannot sign with Ed25519", e);
        }
    }
}
