package io.zeroui.product.vectors.qdrant;

import io.zeroui.contracts.problems.ProblemDetail;
import io.zeroui.runtime.problems.ErrorForm;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Refusals as Qdrant writes them, {@code {"status":{"error":"…"}}}, at the paths of its interface. */
@ApplicationScoped
class QdrantErrorForm implements ErrorForm {

    /** First parts of the paths that Qdrant's clients know. */
    private static final List<String> ROOTS = List.of("/collections", "/aliases", "/cluster", "/snapshots", "/telemetry", "/metrics", "/issues",
            "/quotas", "/healthz", "/livez", "/readyz");

    @Override
    public boolean covers(String path) {
        return path.equals("/") || ROOTS.stream().anyMatch(root -> path.startsWith(root) && (path.length() == root.length()
                || path.charAt(root.length()) == '/'));
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Object body(ProblemDetail problem) {
        return Map.of("status", Map.of("error", prefix(problem.status()) + problem.detail()));
    }

    /** What Qdrant's own errors begin with. */
    private static String prefix(int status) {
        return switch (status) {
            case 400, 409, 413, 422 -> "Wrong input: ";
            case 401 -> "Unauthorized: ";
            case 403 -> "Forbidden: ";
            case 404 -> "Not found: ";
            case 408 -> "Timeout error: ";
            case 429 -> "Rate limiting exceeded: ";
            default -> status >= 500 ? "Service internal error: " : "Bad request: ";
        };
    }
}
