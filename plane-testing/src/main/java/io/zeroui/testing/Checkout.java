package io.zeroui.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are. */
public final class Checkout {

    private static final Path RUNTIME_SCRIPT = Path.of("deploy", "runtime", "runtime.sh");

    private Checkout() {
    }

    /**
     * The root of the checkout: the nearest folder at or above the working directory that has the runtime script.
     *
     * @throws IllegalStateException when the working directory is not inside a checkout
     */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(RUNTIME_SCRIPT))) {
                return folder;
            }
        }
        throw new IllegalStateException("no " + RUNTIME_SCRIPT + " at or above " + start);
    }

    static Path runtimeScript() {
        return root().resolve(RUNTIME_SCRIPT);
    }
}
