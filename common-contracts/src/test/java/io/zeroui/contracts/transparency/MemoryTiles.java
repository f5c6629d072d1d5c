package io.zeroui.contracts.transparency;

import java.util.LinkedHashMap;
import java.util.Map;

/** Files in memory. */
final class MemoryTiles implements TileSource {

    final Map<TilePath, byte[]> files = new LinkedHashMap<>();
    int reads;

    MemoryTiles() {
    }

    MemoryTiles(Map<TilePath, byte[]> files) {
        this.files.putAll(files);
    }

    @Override
    public byte[] read(TilePath path) {
        reads++;
        byte[] content = files.get(path);
        if (content == null) {
            content = files.get(path.full());
        }
        if (content == null) {
            throw InvalidTile.missing(path);
        }
        return content;
    }
}
