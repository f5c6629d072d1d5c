package io.zeroui.contracts.transparency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.zeroui.contracts.receipts.Hash;

/**
 * Which tile of hashes or bundle of entries of a log, and the path at which it is kept and served
 * (https://c2sp.org/tlog-tiles): {@code tile/<level>/<index>[.p/<width>]} and {@code tile/entries/<index>[.p/<width>]}.
 *
 * @param level 0 for tiles of leaf hashes, {@code n + 1} where each hash is the root of a full tile of level {@code n}, at
 *        most 63; {@link #ENTRIES} for a bundle of entries
 * @param index of the tile in its level, from 0
 * @param width how many hashes or entries it has, 1 to 256; it is partial below 256
 */
public record TilePath(int level, long index, int width) {

    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL_WIDTH = 256;

    /** What stands for the level of an entry bundle. */
    public static final int ENTRIES = -1;

    /** Binary levels of the tree that one tile spans. */
    static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final int DIGITS = 3;
    private static final Pattern FORM = Pattern
            .compile("tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL) {
            throw new IllegalArgumentException("a tile's level is 0 to " + MAX_LEVEL + ", not " + level);
        }
        if (index < 0) {
            throw new IllegalArgumentException("a tile's index is not negative: " + index);
        }
        if (width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("a tile's width is 1 to " + FULL_WIDTH + ", not " + width);
        }
    }

    /**
     * The tile or bundle at a place as a tree of that size has it: full, or partial at the right edge.
     *
     * @throws IllegalArgumentException when a tree of that size has none there
     */
    public static TilePath in(long treeSize, int level, long index) {
        long count = countAt(treeSize, level);
        if (count < 1 || index < 0 || index > (count - 1) / FULL_WIDTH) {
            throw new IllegalArgumentException(
                    "a tree of " + treeSize + " leaves has no tile " + index + " at level " + level);
        }
        return new TilePath(level, index, (int) Math.min(FULL_WIDTH, count - index * FULL_WIDTH));
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException when it is not exactly as {@link #path()} would write it
     */
    public static TilePath parse(String path) {
        Matcher form = FORM.matcher(path);
        if (!form.matches()) {
            throw new IllegalArgumentException("not the path of a tile or entry bundle");
        }
        String level = form.group(1);
        String width = form.group(3);
        TilePath tile = new TilePath(level.equals("entries") ? ENTRIES : Integer.parseInt(level), index(form.group(2)),
                width == null ? FULL_WIDTH : Integer.parseInt(width));
        if (!tile.path().equals(path)) {
            throw new IllegalArgumentException("the path of that tile is " + tile.path());
        }
        return tile;
    }

    /** The path below the log's prefix, without a leading slash. */
    public String path() {
        StringBuilder path = new StringBuilder("tile/").append(isEntries() ? "entries" : level).append('/');
        String digits = Long.toString(index);
        String padded = "0".repeat(Math.floorMod(-digits.length(), DIGITS)) + digits;
        for (int i = 0; i < padded.length() - DIGITS; i += DIGITS) {
            path.append('x').append(padded, i, i + DIGITS).append('/');
        }
        path.append(padded, padded.length() - DIGITS, padded.length());
        return isPartial() ? path.append(".p/").append(width).toString() : path.toString();
    }

    /** Whether it is a bundle of entries, not a tile of hashes. */
    public boolean isEntries() {
        return level == ENTRIES;
    }

    /** Whether it is not full yet. */
    public boolean isPartial() {
        return width < FULL_WIDTH;
    }

    /** The same place when it is full. */
    public TilePath full() {
        return new TilePath(level, index, FULL_WIDTH);
    }

    @Override
    public String toString() {
        return path();
    }

    /** How many hashes the level has in a tree of that size, over all its tiles. */
    static long countAt(long treeSize, int level) {
        int shift = Math.max(level, 0) * HEIGHT;
        return shift < Long.SIZE ? treeSize >> shift : 0;
    }

    /** The tile's hashes; of a full tile, given in place of this partial one, as many as this one has. */
    List<Hash> readHashes(TileSource source) {
        byte[] content = source.read(this);
        if (content.length != width * Hash.LENGTH && content.length != FULL_WIDTH * Hash.LENGTH) {
            throw new InvalidTile(this, "has " + content.length + " bytes, not " + width * Hash.LENGTH, null);
        }
        List<Hash> hashes = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            hashes.add(new Hash(Arrays.copyOfRange(content, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        return hashes;
    }

    /** The bytes of a tile. */
    static byte[] content(List<Hash> hashes) {
        byte[] content = new byte[hashes.size() * Hash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).bytes(), 0, content, i * Hash.LENGTH, Hash.LENGTH);
        }
        return content;
    }

    private static long index(String groups) {
        try {
            return Long.parseLong(groups.replace("x", "").replace("/", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no tile has an index beyond " + Long.MAX_VALUE, e);
        }
    }
}
