package io.zeroui.contracts.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;

/**
 * A public key that signs notes under a name (https://c2sp.org/signed-note). Its text form, the vkey, is
 * {@code <name>+<key id in 8 hex digits>+<base64 of type and key>}.
 *
 * @param name not empty, without white space and plus signs; a URL without scheme by custom
 * @param type {@link #ED25519} or {@link #COSIGNATURE_V1}
 * @param publicKey which verifies
 */
public record VerifierKey(String name, int type, Ed25519PublicKey publicKey) {

    /** The type of keys that sign the text of a note. */
    public static final int ED25519 = 0x01;

    /** The type of keys that sign a checkpoint together with the time (https://c2sp.org/tlog-cosignature). */
    public static final int COSIGNATURE_V1 = 0x04;

    private static final int KEY_LENGTH = 1 + Ed25519PublicKey.RAW_LENGTH;

    public VerifierKey {
        NoteText.requireName(name);
        if (type != ED25519 && type != COSIGNATURE_V1) {
            throw new IllegalArgumentException("a key of type " + type + " is not known here, only 1 and 4 are");
        }
    }

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException when it does not have exactly that form, is of another type, has the id of another
     *         key, or is no Ed25519 key
     */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("a verifier key has the form <name>+<id>+<base64>");
        }
        byte[] typeAndKey = NoteText.base64(parts[2]);
        if (typeAndKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "an Ed25519 verifier key has " + KEY_LENGTH + " bytes, not " + typeAndKey.length);
        }
        VerifierKey key = new VerifierKey(parts[0], typeAndKey[0],
                Ed25519PublicKey.ofRaw(Arrays.copyOfRange(typeAndKey, 1, KEY_LENGTH)));
        if (!key.format().equals(vkey)) {
            throw new IllegalArgumentException("the verifier key's id is " + key.hexId() + ", not " + parts[1]);
        }
        return key;
    }

    /** The vkey. */
    public String format() {
        return name + '+' + hexId() + '+' + NoteText.base64(typeAndKey());
    }

    /** The first four bytes, big-endian, of SHA-256 over the name, a newline, the type and the public key. */
    public int id() {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(nameBytes.length + 1 + KEY_LENGTH);
        input.put(nameBytes).put((byte) '\n').put(typeAndKey());
        return ByteBuffer.wrap(Hash.of(input.array()).bytes()).getInt();
    }

    /** Whether the signature says that it is by this key. */
    public boolean isNamedBy(NoteSignature signature) {
        return signature.keyName().equals(name) && signature.keyId() == id();
    }

    @Override
    public String toString() {
        return format();
    }

    /** Whether the signature, which says that it is by this key, is. */
    boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.bytes();
        if (type == ED25519) {
            return Ed25519.verify(publicKey, NoteText.encode(text), bytes);
        }
        if (bytes.length != Long.BYTES + Ed25519.SIGNATURE_LENGTH || bytes[0] < 0) {
            return false;
        }
        byte[] message = NoteText.encode(cosigned(text, signature.cosignedAtSeconds()));
        return Ed25519.verify(publicKey, message, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }

    NoteSignature sign(String text, Ed25519PrivateKey privateKey) {
        requireOwn(ED25519, privateKey);
        return new NoteSignature(name, id(), Ed25519.sign(privateKey, NoteText.encode(text)));
    }

    NoteSignature cosign(String text, Ed25519PrivateKey privateKey, long unixSeconds) {
        requireOwn(COSIGNATURE_V1, privateKey);
        if (unixSeconds < 0) {
            throw new IllegalArgumentException("a cosignature's time is not before 1970: " + unixSeconds);
        }
        byte[] signature = Ed25519.sign(privateKey, NoteText.encode(cosigned(text, unixSeconds)));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length).putLong(unixSeconds).put(signature).array();
        return new NoteSignature(name, id(), timed);
    }

    private static String cosigned(String text, long unixSeconds) {
        return "cosignature/v1\ntime " + unixSeconds + "\n" + text;
    }

    private void requireOwn(int neededType, Ed25519PrivateKey privateKey) {
        if (type != neededType || !privateKey.publicKey().equals(publicKey)) {
            throw new IllegalArgumentException("the key " + this + " has another type or another private key");
        }
    }

    private byte[] typeAndKey() {
        return ByteBuffer.allocate(KEY_LENGTH).put((byte) type).put(publicKey.raw()).array();
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id());
    }
}
