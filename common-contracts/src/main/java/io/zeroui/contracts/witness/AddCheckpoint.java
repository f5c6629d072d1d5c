package io.zeroui.contracts.witness;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The body of {@code POST …/add-checkpoint} (https://c2sp.org/tlog-witness): a line {@code old N}, a line for each hash of the
 * consistency proof, an empty line, the checkpoint.
 *
 * @param oldSize what the witness is taken to know; 0 for nothing
 * @param proof from {@code oldSize} to the checkpoint, at most {@link #MAX_PROOF}; nothing from size 0
 * @param checkpoint the signed note, whose text is not looked at here
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {

    /** Hashes that a consistency proof may have. */
    public static final int MAX_PROOF = 63;

    /** Bytes that the signed note of an offer may have. */
    public static final int MAX_CHECKPOINT_BYTES = 1 << 14;

    /** Bytes that a body may have. */
    public static final int MAX_BYTES = MAX_CHECKPOINT_BYTES + (MAX_PROOF + 2) * 64;

    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,18})");
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,18})\n");

    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > MAX_PROOF) {
            throw new IllegalArgumentException("an offer from size " + oldSize + " with " + proof.size() + " hashes");
        }
        if (oldSize == 0 && !proof.isEmpty()) {
            throw new IllegalArgumentException("from the empty log there is nothing to prove");
        }
    }

    /**
     * Reads a body. Nothing is verified.
     *
     * @throws IllegalArgumentException when it does not have exactly that form, or is too long
     */
    public static AddCheckpoint parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new IllegalArgumentException("a body has at most " + MAX_BYTES + " bytes, not " + body.length);
        }
        String text = utf8(body);
        int empty = text.indexOf("\n\n");
        if (empty < 0) {
            throw new IllegalArgumentException("an empty line parts proof and checkpoint");
        }
        String[] lines = text.substring(0, empty).split("\n", -1);
        var old = OLD.matcher(lines[0]);
        if (!old.matches()) {
            throw new IllegalArgumentException("the first line says the old size");
        }
        if (lines.length - 1 > MAX_PROOF) {
            throw new IllegalArgumentException("a proof has at most " + MAX_PROOF + " hashes");
        }
        List<Hash> proof = new ArrayList<>();
        Arrays.stream(lines).skip(1).forEach(line -> proof.add(hash(line)));
        byte[] note = text.substring(empty + 2).getBytes(StandardCharsets.UTF_8);
        return new AddCheckpoint(Long.parseLong(old.group(1)), proof, SignedNote.parse(note));
    }

    /** The body. */
    public byte[] format() {
        StringBuilder head = new StringBuilder("old ").append(oldSize).append('\n');
        proof.forEach(hash -> head.append(base64(hash)).append('\n'));
        byte[] before = head.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        byte[] note = checkpoint.format();
        return ByteBuffer.allocate(before.length + note.length).put(before).put(note).array();
    }

    /**
     * The size in the body of an answer 409.
     *
     * @throws IllegalArgumentException when it is not a decimal number and a newline
     */
    public static long parseSize(byte[] body) {
        var size = SIZE.matcher(new String(body, StandardCharsets.US_ASCII));
        if (body.length > 20 || !size.matches()) {
            throw new IllegalArgumentException("the answer is not a size and a newline");
        }
        return Long.parseLong(size.group(1));
    }

    /** A hash as it is written in offers. */
    public static String base64(Hash hash) {
        return Base64.getEncoder().encodeToString(hash.bytes());
    }

    /**
     * Reads what {@link #base64} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Hash hash(String base64) {
        Hash hash = new Hash(Base64.getDecoder().decode(base64));
        if (!base64(hash).equals(base64)) {
            throw new IllegalArgumentException("a hash in base64 is written in one way only");
        }
        return hash;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body is not UTF-8", e);
        }
    }
}
