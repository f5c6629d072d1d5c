package io.zeroui.contracts.transparency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.zeroui.contracts.signature.Ed25519PrivateKey;

/**
 * A text and the signatures under it (https://c2sp.org/signed-note): the text, an empty line, a line for each signature.
 * UTF-8 without control characters other than newline. Believe the text only after {@link #verify}.
 *
 * @param text ends with a newline
 * @param signatures 1 to 100, of keys known and unknown
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** Bytes that a note may have. */
    public static final int MAX_BYTES = 1 << 20;

    /** Signatures that a note may have. */
    public static final int MAX_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the text of a note ends with a newline");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "a note has 1 to " + MAX_SIGNATURES + " signatures, not " + signatures.size());
        }
        requireBounded(NoteText.encode(form(text, signatures)).length);
    }

    /**
     * Reads a note. Nothing is verified.
     *
     * @throws IllegalArgumentException when it is malformed, larger than {@link #MAX_BYTES}, or has more than
     *         {@link #MAX_SIGNATURES} signatures
     */
    public static SignedNote parse(byte[] note) {
        requireBounded(note.length);
        String all = NoteText.decode(note);
        int emptyLine = all.lastIndexOf("\n\n");
        if (emptyLine < 0 || !all.endsWith("\n")) {
            throw new IllegalArgumentException("a note has a text, an empty line, and lines with signatures");
        }
        String lines = all.substring(emptyLine + 2);
        if (lines.chars().filter(character -> character == '\n').count() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has at most " + MAX_SIGNATURES + " signatures");
        }
        return new SignedNote(all.substring(0, emptyLine + 1), lines.lines().map(NoteSignature::parse).toList());
    }

    /**
     * A note with one signature.
     *
     * @param key of type {@link VerifierKey#ED25519}, that of the private key
     * @throws IllegalArgumentException when the text cannot be a note's, or the keys do not belong together
     */
    public static SignedNote sign(String text, VerifierKey key, Ed25519PrivateKey privateKey) {
        return new SignedNote(text, List.of(key.sign(text, privateKey)));
    }

    /**
     * The note with a witness' signature more (https://c2sp.org/tlog-cosignature). The caller has checked that the
     * checkpoint is consistent with every one cosigned before.
     *
     * @param witness of type {@link VerifierKey#COSIGNATURE_V1}, that of the private key
     * @param unixSeconds the time, in seconds since 1970-01-01T00:00Z
     * @throws IllegalArgumentException when the text is not a checkpoint, the keys do not belong together, or there are
     *         too many signatures
     */
    public SignedNote cosign(VerifierKey witness, Ed25519PrivateKey privateKey, long unixSeconds) {
        Checkpoint checkpoint = Checkpoint.parse(text);
        return with(witness.cosign(checkpoint.text(), privateKey, unixSeconds));
    }

    /**
     * The note with a signature more, for instance one that a witness has sent.
     *
     * @throws IllegalArgumentException when there are too many signatures
     */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /**
     * Checks every signature that names a known key; those of unknown keys are ignored.
     *
     * @param knownKeys whose signatures are trusted
     * @return which keys have signed, with their signature; the first one of a key that has signed twice. Never empty
     * @throws NotVerified when a signature that names a known key is not by it, or no known key has signed
     * @throws IllegalArgumentException when two known keys have the same name and id
     */
    public Map<VerifierKey, NoteSignature> verify(Collection<VerifierKey> knownKeys) throws NotVerified {
        Set<VerifierKey> keys = new LinkedHashSet<>(knownKeys);
        if (keys.stream().map(key -> key.name() + '+' + key.id()).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two known keys have the same name and id");
        }
        Map<VerifierKey, NoteSignature> verified = new LinkedHashMap<>();
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : keys) {
                if (key.isNamedBy(signature)) {
                    requireVerified(key, signature);
                    verified.putIfAbsent(key, signature);
                }
            }
        }
        if (verified.isEmpty()) {
            throw new NotVerified("no known key has signed the note");
        }
        return verified;
    }

    /** The bytes of the note. */
    public byte[] format() {
        return NoteText.encode(form(text, signatures));
    }

    private static String form(String text, List<NoteSignature> signatures) {
        StringBuilder form = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> form.append(signature.line()).append('\n'));
        return form.toString();
    }

    private static void requireBounded(int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("a note has at most " + MAX_BYTES + " bytes, not " + length);
        }
    }

    private void requireVerified(VerifierKey key, NoteSignature signature) throws NotVerified {
        if (!key.verifies(text, signature)) {
            throw new NotVerified("the signature that names " + key + " is not by it");
        }
    }
}
