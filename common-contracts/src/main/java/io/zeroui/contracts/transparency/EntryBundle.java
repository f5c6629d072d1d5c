package io.zeroui.contracts.transparency;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries that belong to one level 0 tile, as bytes (https://c2sp.org/tlog-tiles, "Log entries"): each entry after its
 * length in bytes as a big-endian uint16.
 */
public final class EntryBundle {

    /** Bytes that an entry may have. */
    public static final int MAX_ENTRY_BYTES = 0xffff;

    private EntryBundle() {
    }

    /**
     * Writes a bundle.
     *
     * @throws IllegalArgumentException when there are not 1 to 256 entries, or one has more than 65,535 bytes
     */
    public static byte[] encode(List<byte[]> entries) {
        requireWidth(entries.size());
        int length = 0;
        for (byte[] entry : entries) {
            requireFits(entry);
            length += Short.BYTES + entry.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /**
     * Reads the first {@code width} entries of a bundle that has exactly so many, or is full.
     *
     * @throws IllegalArgumentException when it has another number of entries, or ends within one
     */
    public static List<byte[]> decode(byte[] bundle, int width) {
        requireWidth(width);
        List<byte[]> entries = new ArrayList<>(width);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            if (entries.size() == TilePath.FULL_WIDTH) {
                throw new IllegalArgumentException("the bundle has more than " + TilePath.FULL_WIDTH + " entries");
            }
            entries.add(next(rest, entries.size()));
        }
        if (entries.size() != width && entries.size() != TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("the bundle has " + entries.size() + " entries, not " + width);
        }
        return List.copyOf(entries.subList(0, width));
    }

    static void requireFits(byte[] entry) {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException(
                    "an entry has at most " + MAX_ENTRY_BYTES + " bytes, not " + entry.length);
        }
    }

    private static byte[] next(ByteBuffer rest, int index) {
        int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
        if (length > rest.remaining()) {
            throw new IllegalArgumentException("the bundle ends within entry " + index);
        }
        byte[] entry = new byte[length];
        rest.get(entry);
        return entry;
    }

    private static void requireWidth(int width) {
        if (width < 1 || width > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("a bundle has 1 to " + TilePath.FULL_WIDTH + " entries, not " + width);
        }
    }
}
