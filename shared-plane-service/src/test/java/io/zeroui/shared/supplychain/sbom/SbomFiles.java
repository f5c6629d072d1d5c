package io.zeroui.shared.supplychain.sbom;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The published documents among the test resources. */
public final class SbomFiles {

    private SbomFiles() {
    }

    /** One by its name. */
    public static Path of(String name) {
        URL url = Objects.requireNonNull(SbomFiles.class.getResource("/sboms/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
