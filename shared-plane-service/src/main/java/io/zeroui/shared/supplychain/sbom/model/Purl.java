package io.zeroui.shared.supplychain.sbom.model;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A package URL in its canonical form. */
public final class Purl {

    private static final int LENGTH_MOST = 2_000;

    private final PackageURL url;
    private final String canonical;

    private Purl(PackageURL url) {
        this.url = url;
        this.canonical = url.canonicalize();
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    public static Purl of(String text) {
        if (text.length() > LENGTH_MOST) {
            throw new IllegalArgumentException("it has more than " + LENGTH_MOST + " characters");
        }
        try {
            return new Purl(new PackageURL(text));
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** For example {@code npm}. */
    public String type() {
        return url.getType();
    }

    /** Its version. */
    public @Nullable String version() {
        return url.getVersion();
    }

    /** Without version, qualifiers and subpath. */
    public String coordinate() {
        return url.getCoordinates().substring(0, coordinateEnd());
    }

    private int coordinateEnd() {
        String coordinates = url.getCoordinates();
        int at = url.getVersion() == null ? -1 : coordinates.lastIndexOf('@');
        return at < 0 ? coordinates.length() : at;
    }

    /** Whether this, which may leave out version and qualifiers, says the same as far as it goes. */
    public boolean covers(Purl other) {
        return coordinate().equals(other.coordinate()) && (version() == null || version().equals(other.version()))
                && qualifiers().entrySet().stream().allMatch(one -> one.getValue().equals(other.qualifiers().get(one.getKey())));
    }

    private Map<String, String> qualifiers() {
        return url.getQualifiers() == null ? Map.of() : url.getQualifiers();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Purl purl && purl.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return canonical;
    }
}
