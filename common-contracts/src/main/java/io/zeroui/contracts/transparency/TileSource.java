package io.zeroui.contracts.transparency;

/** Where the tiles and entry bundles of one log are read. */
@FunctionalInterface
public interface TileSource {

    /**
     * The bytes of a tile or entry bundle. For a partial one that was deleted the full one may be returned, as C2SP
     * tlog-tiles allows logs to delete it then; nothing else than these two lengths is accepted by who asks.
     *
     * @throws InvalidTile when there is none, or it cannot be read
     */
    byte[] read(TilePath path);
}
