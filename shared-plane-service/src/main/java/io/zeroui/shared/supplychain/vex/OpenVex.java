package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.vex.VexDocument.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenVEX 0.0.1 to 0.2.0. */
final class OpenVex {

    private OpenVex() {
    }

    static VexDocument read(JsonNode root) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode one : root.path("statements")) {
            String vulnerability = vulnerability(one.path("vulnerability"));
            if (one.path("products").isEmpty()) {
                throw SbomProblem.MALFORMED.because("A statement on " + vulnerability + " names no product");
            }
            for (JsonNode product : one.path("products")) {
                String id = identifier(product);
                if (product.path("subcomponents").isEmpty()) {
                    statements.add(statement(one, vulnerability, id, ""));
                }
                product.path("subcomponents").forEach(inside -> statements.add(statement(one, vulnerability, id, identifier(inside))));
            }
        }
        return new VexDocument("openvex", VexReader.text(root.path("@id")), VexReader.required(root.path("author"), "author"),
                VexReader.time(root.path("timestamp"), "timestamp"), statements);
    }

    private static Statement statement(JsonNode one, String vulnerability, String product, String subcomponent) {
        String detail = first(VexReader.text(one.path("action_statement")), VexReader.text(one.path("impact_statement")), VexReader.text(one.path("status_notes")));
        return new Statement(vulnerability, product, subcomponent, VexReader.required(one.path("status"), "status"), VexReader.text(one.path("justification")),
                detail, VexReader.time(one.path("timestamp"), "timestamp of a statement"));
    }

    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static String vulnerability(JsonNode node) {
        return VexReader.required(node.isTextual() ? node : node.path("name").isTextual() ? node.path("name") : node.path("@id"), "vulnerability");
    }

    private static String identifier(JsonNode node) {
        JsonNode purl = node.path("identifiers").path("purl");
        return VexReader.identifier(VexReader.required(node.isTextual() ? node : purl.isTextual() ? purl : node.path("@id"), "the identifier of a product"));
    }
}
