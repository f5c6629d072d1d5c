package io.zeroui.runtime.security.gate;

import java.util.List;

/** What answers without a credential: health, the API's description, and in development mode the tools of Quarkus. */
final class OpenPaths {

    private static final List<String> OPEN = List.of("/q/health", "/q/openapi", "/q/swagger-ui");
    private static final List<String> DEVELOPMENT = List.of("/q/dev-ui", "/q/dev", "/q/arc");
    private static final List<String> METRICS = List.of("/q/metrics");

    private OpenPaths() {
    }

    /** Whether the normalised path is open: one of the paths or below it, and nothing that looks like it. */
    static boolean isOpen(String path, boolean development) {
        return isWithin(OPEN, path) || development && isWithin(DEVELOPMENT, path);
    }

    /** Whether it is a path of metrics. */
    static boolean isMetrics(String path) {
        return isWithin(METRICS, path);
    }

    private static boolean isWithin(List<String> roots, String path) {
        for (String root : roots) {
            if (path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
