package io.zeroui.contracts.transparency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.zeroui.contracts.receipts.Hash;

/** The definitions of RFC 6962 §2.1 and of C2SP tlog-tiles word by word, over all leaves in memory. */
final class NaiveTree {

    private final List<byte[]> entries;
    private final Map<List<Integer>, Hash> known = new HashMap<>();

    NaiveTree(List<byte[]> entries) {
        this.entries = entries;
    }

    static NaiveTree of(int size) {
        return new NaiveTree(IntStream.range(0, size).mapToObj(NaiveTree::entry).toList());
    }

    static byte[] entry(int index) {
        return ("entry " + index + "+".repeat(index % 5)).getBytes(StandardCharsets.UTF_8);
    }

    List<byte[]> entries(int begin, int end) {
        return entries.subList(begin, end);
    }

    Hash leaf(int index) {
        return MerkleTree.leafHash(entries.get(index));
    }

    Hash root(int size) {
        return size == 0 ? Hash.of(new byte[0]) : hash(0, size);
    }

    /** PATH(m, D[n]). */
    List<Hash> inclusion(int index, int size) {
        return path(index, 0, size);
    }

    /** PROOF(m, D[n]). */
    List<Hash> consistency(int from, int to) {
        return from == 0 ? List.of() : subProof(from, 0, to, true);
    }

    /** On which sides of its ancestors a leaf lies: all that its verification makes of index and size. */
    static String inclusionShape(long index, long size) {
        if (size == 1) {
            return "";
        }
        long split = split(size);
        return index < split ? inclusionShape(index, split) + "L" : inclusionShape(index - split, size - split) + "R";
    }

    /** How the two trees lie to each other: all that the verification makes of their sizes. */
    static String consistencyShape(long from, long to, boolean whole) {
        if (from == to) {
            return whole ? "=" : "";
        }
        long split = split(to);
        return from <= split ? consistencyShape(from, split, whole) + "L"
                : consistencyShape(from - split, to - split, false) + "R";
    }

    /** Every tile and bundle that a tree of that size has, in the order of level and index. */
    Map<TilePath, byte[]> files(int size) {
        Map<TilePath, byte[]> files = new LinkedHashMap<>();
        for (int begin = 0; begin < size; begin += 256) {
            int width = Math.min(256, size - begin);
            files.put(new TilePath(TilePath.ENTRIES, begin / 256, width),
                    EntryBundle.encode(entries.subList(begin, begin + width)));
        }
        for (int level = 0, span = 1; span <= size; level++, span *= 256) {
            int count = size / span;
            for (int begin = 0; begin < count; begin += 256) {
                int width = Math.min(256, count - begin);
                byte[] tile = new byte[width * 32];
                for (int i = 0; i < width; i++) {
                    Hash hash = hash((begin + i) * span, (begin + i + 1) * span);
                    System.arraycopy(hash.bytes(), 0, tile, i * 32, 32);
                }
                files.put(new TilePath(level, begin / 256, width), tile);
            }
        }
        return files;
    }

    /** MTH(D[begin:end]). */
    private Hash hash(int begin, int end) {
        Hash hash = known.get(List.of(begin, end));
        if (hash == null) {
            int split = begin + (int) split(end - begin);
            hash = end - begin == 1 ? leaf(begin) : MerkleTree.nodeHash(hash(begin, split), hash(split, end));
            known.put(List.of(begin, end), hash);
        }
        return hash;
    }

    private List<Hash> path(int index, int begin, int end) {
        if (end - begin == 1) {
            return List.of();
        }
        int split = (int) split(end - begin);
        return index < split ? with(path(index, begin, begin + split), hash(begin + split, end))
                : with(path(index - split, begin + split, end), hash(begin, begin + split));
    }

    private List<Hash> subProof(int from, int begin, int end, boolean whole) {
        if (from == end - begin) {
            return whole ? List.of() : List.of(hash(begin, end));
        }
        int split = (int) split(end - begin);
        return from <= split ? with(subProof(from, begin, begin + split, whole), hash(begin + split, end))
                : with(subProof(from - split, begin + split, end, false), hash(begin, begin + split));
    }

    /** The largest power of two less than the size; 0 for 1, where none is needed. */
    private static long split(long size) {
        long split = 1;
        while (2 * split < size) {
            split *= 2;
        }
        return size == 1 ? 0 : split;
    }

    private static List<Hash> with(List<Hash> proof, Hash last) {
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(last);
        return longer;
    }
}
