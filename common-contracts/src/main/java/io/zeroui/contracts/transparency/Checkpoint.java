package io.zeroui.contracts.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.zeroui.contracts.receipts.Hash;

/**
 * What a log commits to when it signs (https://c2sp.org/tlog-checkpoint): as text, a line each for the origin, the size in
 * decimal and the root hash in base64, then extension lines, if any. It is the text of a {@link SignedNote}.
 *
 * @param origin the log's unique name; one line, not empty
 * @param size of the tree, in leaves
 * @param rootHash of the tree
 * @param extensions further lines, none empty; nobody audits them, so there should be none
 */
public record Checkpoint(String origin, long size, Hash rootHash, List<String> extensions) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine(origin);
        extensions.forEach(Checkpoint::requireLine);
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        if (size == 0 && !rootHash.equals(MerkleTree.EMPTY_ROOT)) {
            throw new IllegalArgumentException("the empty tree has another root hash than " + rootHash);
        }
    }

    /** A checkpoint without extension lines. */
    public static Checkpoint of(String origin, long size, Hash rootHash) {
        return new Checkpoint(origin, size, rootHash, List.of());
    }

    /**
     * Reads the text of a note.
     *
     * @throws IllegalArgumentException when it does not have exactly that form, the size exceeds 2^63 - 1, or the root
     *         hash of size 0 is not that of the empty tree
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new IllegalArgumentException("a checkpoint has a line each for origin, size and root hash, or more");
        }
        byte[] root = NoteText.base64(lines[2]);
        return new Checkpoint(lines[0], size(lines[1]), new Hash(root), List.of(lines).subList(3, lines.length - 1));
    }

    /** The text, which ends with a newline. */
    public String text() {
        List<String> lines = new ArrayList<>(List.of(origin, Long.toString(size), NoteText.base64(rootHash.bytes())));
        lines.addAll(extensions);
        return String.join("\n", lines) + "\n";
    }

    private static long size(String line) {
        try {
            if (SIZE.matcher(line).matches()) {
                return Long.parseLong(line);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a tree has at most " + Long.MAX_VALUE + " leaves", e);
        }
        throw new IllegalArgumentException("a tree's size is decimal, without leading zeros, at most " + Long.MAX_VALUE);
    }

    private static void requireLine(String line) {
        if (NoteText.encode(line).length == 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an origin or extension is one line that is not empty");
        }
    }
}
