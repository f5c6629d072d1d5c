package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.shared.supplychain.vex.VexDocument.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CSAF 2.0 documents: what a publisher says of products by their package URLs, or by the names that the document gives them. */
final class CsafVex {

    private static final Map<String, String> STATUSES = Map.of("known_affected", "affected", "first_affected", "affected", "last_affected", "affected",
            "known_not_affected", "not_affected", "fixed", "fixed", "first_fixed", "fixed", "under_investigation", "under_investigation");
    private static final Set<String> NOT_AFFECTED = Set.of("component_not_present", "inline_mitigations_already_exist",
            "vulnerable_code_cannot_be_controlled_by_adversary", "vulnerable_code_not_in_execute_path", "vulnerable_code_not_present");

    private CsafVex() {
    }

    static VexDocument read(JsonNode root) {
        Map<String, String> products = new HashMap<>();
        names(root.path("product_tree"), products);
        root.path("product_tree").path("relationships").forEach(one -> name(one.path("full_product_name"), products));
        List<Statement> statements = new ArrayList<>();
        for (JsonNode one : root.path("vulnerabilities")) {
            String vulnerability = VexReader.required(one.path("cve").isTextual() ? one.path("cve") : one.path("ids").path(0).path("text"), "cve of a vulnerability");
            one.path("product_status").fields().forEachRemaining(group -> {
                String status = STATUSES.get(group.getKey());
                if (status != null) {
                    group.getValue().forEach(id -> statements.add(new Statement(vulnerability, products.getOrDefault(id.asText(), id.asText()), "", status,
                            justification(one, id.asText()), null, null)));
                }
            });
        }
        JsonNode document = root.path("document");
        return new VexDocument("csaf", VexReader.text(document.path("tracking").path("id")),
                VexReader.required(document.path("publisher").path("name"), "document.publisher.name"),
                VexReader.time(document.path("tracking").path("current_release_date"), "document.tracking.current_release_date"), statements);
    }

    private static void names(JsonNode node, Map<String, String> into) {
        node.path("full_product_names").forEach(one -> name(one, into));
        name(node.path("product"), into);
        node.path("branches").forEach(branch -> names(branch, into));
    }

    private static void name(JsonNode product, Map<String, String> into) {
        if (product.path("product_id").isTextual()) {
            JsonNode purl = product.path("product_identification_helper").path("purl");
            into.put(product.path("product_id").textValue(),
                    VexReader.identifier(purl.isTextual() ? purl.textValue() : VexReader.required(product.path("name"), "name of a product")));
        }
    }

    private static @org.jspecify.annotations.Nullable String justification(JsonNode vulnerability, String product) {
        for (JsonNode flag : vulnerability.path("flags")) {
            for (JsonNode id : flag.path("product_ids")) {
                if (id.asText().equals(product) && NOT_AFFECTED.contains(flag.path("label").asText())) {
                    return flag.path("label").asText();
                }
            }
        }
        return null;
    }
}
