package io.zeroui.shared.supplychain.sbom.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What components are looked for, with the parameters of the statement that finds them.
 *
 * @param by what they are found by
 * @param exact the coordinate, licence or hash; empty where it is a range
 * @param low the first key of a range
 * @param high the key that a range ends before
 * @param version the version that they must have; null where any will do
 */
public record Where(By by, String exact, String low, String high, @Nullable String version) {

    /** Above every key. */
    private static final String END = "\uDBFF\uDFFD";

    /** The ways to find components. */
    public enum By {
        /** By package URL without its version; the keys are versions. */
        COORDINATE,
        /** By the beginning of a package URL. */
        PURL,
        /** By the beginning of a name. */
        NAME,
        /** By a licence. */
        LICENCE,
        /** By a hash. */
        HASH
    }

    /**
     * Where a page begins.
     *
     * @param key of the component
     * @param component the last one of the page before
     * @param sbom the last place of the page before is in
     * @param ordinal the last place there
     */
    public record Cursor(String key, UUID component, long sbom, int ordinal) {

        /** Before everything. */
        public static Cursor start() {
            return new Cursor("", new UUID(0, 0), -1, -1);
        }
    }

    /** All versions of a package. */
    public static Where package_(String coordinate) {
        return new Where(By.COORDINATE, ComponentRows.bounded(coordinate), "", END, null);
    }

    /** One version of a package. */
    public static Where version(String coordinate, @Nullable String type, String version) {
        String key = ComponentRows.versionKey(type, version);
        return new Where(By.COORDINATE, ComponentRows.bounded(coordinate), key, key + " ", version);
    }

    /** The versions of a package from one on (inclusive) and before another one; null where there is no such bound. */
    public static Where versions(String coordinate, @Nullable String type, @Nullable String from, @Nullable String before) {
        return new Where(By.COORDINATE, ComponentRows.bounded(coordinate), from == null ? "" : ComponentRows.versionKey(type, from),
                before == null ? END : ComponentRows.versionKey(type, before), null);
    }

    /** Package URLs that begin so. */
    public static Where purls(String prefix) {
        return new Where(By.PURL, "", prefix, prefix + END, null);
    }

    /** Names that begin so, in whatever case. */
    public static Where names(String prefix) {
        String key = ComponentRows.nameKey(prefix);
        return new Where(By.NAME, "", key, key + END, null);
    }

    /** What has a licence. */
    public static Where licence(String licence) {
        return new Where(By.LICENCE, licence, "", END, null);
    }

    /** What has a hash, {@code algorithm:hex}. */
    public static Where hash(String hash) {
        return new Where(By.HASH, hash, "", END, null);
    }
}
