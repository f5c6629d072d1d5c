package io.zeroui.product.witness;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.TiledTree;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A tenant's log as the witness sees it, in memory; logs with another salt are forks of each other. */
final class MemoryLog {

    private final String tenant;
    private final String origin;
    private final String salt;
    private final long forkedAt;
    private final Map<TilePath, byte[]> tiles = new HashMap<>();
    private Ed25519KeyPair keys;
    private RightEdge edge = RightEdge.EMPTY;

    MemoryLog(String tenant, String salt, Ed25519KeyPair keys) {
        this(tenant, salt, 0, keys);
    }

    /** With the lines of all logs up to one, and then others. */
    MemoryLog(String tenant, String salt, long forkedAt, Ed25519KeyPair keys) {
        this.tenant = tenant;
        this.forkedAt = forkedAt;
        this.origin = "zeroui.local/evidence/local/" + tenant;
        this.salt = salt;
        this.keys = keys;
    }

    MemoryLog(String tenant) {
        this(tenant, "", Ed25519.newKeyPair());
    }

    /** The same lines under another key. */
    MemoryLog signedBy(Ed25519KeyPair other) {
        keys = other;
        return this;
    }

    /** Up to that many lines. */
    MemoryLog grow(long size) {
        List<byte[]> entries = LongStream.range(edge.size(), size)
                .mapToObj(line -> ((line < forkedAt ? "" : salt) + line).getBytes(StandardCharsets.UTF_8)).toList();
        edge = edge.append(entries, tiles::put);
        return this;
    }

    Ed25519KeyPair keys() {
        return keys;
    }

    VerifierKey vkey() {
        return new VerifierKey(origin, VerifierKey.ED25519, keys.publicKey());
    }

    Hash root(long size) {
        return tree().rootHash(size);
    }

    String text(long size) {
        return Checkpoint.of(origin, size, root(size)).text();
    }

    String note(long size) {
        return new String(SignedNote.sign(text(size), vkey(), keys.privateKey()).format(), StandardCharsets.UTF_8);
    }

    List<String> proof(long from, long to) {
        return tree().consistencyProof(from, to).stream().map(AddCheckpoint::base64).toList();
    }

    /** A good offer. */
    CheckpointOffer offer(long from, long to) {
        return new CheckpointOffer(tenant, "local", vkey().format(), from, proof(from, to), note(to));
    }

    private TiledTree tree() {
        return new TiledTree(path -> {
            byte[] tile = tiles.get(path);
            if (tile == null) {
                throw InvalidTile.missing(path);
            }
            return tile;
        }, edge.size());
    }
}
