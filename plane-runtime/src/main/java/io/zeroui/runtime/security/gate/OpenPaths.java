package io.zeroui.runtime.security.gate;

import java.util.List;

/** What answers without a credential: health, the API's description, and in development mode the tools of Quarkus. */
final class OpenPaths {

    private static final List<String> OPEN = List.of("/q/health", "/q/openapi", "/q/swagger-ui");
    private static final List<String> DEVELOPMENT = List.of("/q/dev-ui", "/q/dev", "/q/arc");

    private OpenPaths() {
    }

    /** Whether the normalised path is open: one of the paths or below it, and nothing that looks like it. */
    static boolean isOpen(String path, boolean development) {
        return isWithin(OPEN, path) || development && isWithin(DEVELOPMENT, path);
    }

    /** Whether it is a path of metrics. */
    static boolean isMetrics(String path) {
        return isWithin(List.of("/q/metrics"), path);
    }

    private static boolean isWithin(List<String> roots, String path) {
        return roots.stream().anyMatch(root -> path.startsWith(root)
                && (path.length() == root.length() || path.charAt(root.length()) == '/'));
    }
}
