package io.zeroui.contracts.transparency;

import org.jspecify.annotations.Nullable;

/** A tile or entry bundle that the tree needs is missing, cannot be read, or is not what its path says. */
public final class InvalidTile extends RuntimeException {

    private final transient TilePath path;

    /**
     * A fault of one file of the log.
     *
     * @param path of the tile or bundle
     * @param what is wrong with it, to be read after its path: "is missing"
     * @param cause where reading it failed, else null
     */
    public InvalidTile(TilePath path, String what, @Nullable Throwable cause) {
        super(path.path() + " " + what, cause);
        this.path = path;
    }

    /** For a source that does not have the file. */
    public static InvalidTile missing(TilePath path) {
        return new InvalidTile(path, "is missing", null);
    }

    /** Which tile or bundle. */
    public TilePath path() {
        return path;
    }
}
