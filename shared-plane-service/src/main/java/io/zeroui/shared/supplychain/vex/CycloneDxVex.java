package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.shared.supplychain.vex.VexDocument.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vulnerabilities of a CycloneDX document that were analysed. */
final class CycloneDxVex {

    private CycloneDxVex() {
    }

    static VexDocument read(JsonNode root) {
        Map<String, String> purls = new HashMap<>();
        purls(root.path("metadata").path("component"), purls);
        root.path("components").forEach(component -> purls(component, purls));
        List<Statement> statements = new ArrayList<>();
        for (JsonNode one : root.path("vulnerabilities")) {
            JsonNode analysis = one.path("analysis");
            String vulnerability = VexReader.required(one.path("id"), "id of a vulnerability");
            String status = status(analysis.path("state").asText("in_triage"));
            for (JsonNode affected : one.path("affects")) {
                String ref = VexReader.required(affected.path("ref"), "ref of what is affected by " + vulnerability);
                statements.add(new Statement(vulnerability, VexReader.identifier(purls.getOrDefault(ref, ref)), "", status,
                        VexReader.text(analysis.path("justification")), VexReader.text(analysis.path("detail")),
                        VexReader.time(analysis.has("lastUpdated") ? analysis.path("lastUpdated") : one.path("updated"), "time of an analysis")));
            }
        }
        return new VexDocument("cyclonedx", VexReader.text(root.path("serialNumber")), author(root.path("metadata")),
                VexReader.time(root.path("metadata").path("timestamp"), "metadata.timestamp"), statements);
    }

    private static String author(JsonNode metadata) {
        return Stream.of(metadata.path("authors").path(0), metadata.path("manufacturer"), metadata.path("manufacture"), metadata.path("supplier"))
                .map(CycloneDxVex::name).filter(name -> !name.isEmpty()).findFirst().orElse("unknown");
    }

    private static String name(JsonNode party) {
        String name = VexReader.text(party.path("name"));
        return name == null ? "" : name;
    }

    private static void purls(JsonNode component, Map<String, String> into) {
        if (component.path("bom-ref").isTextual() && component.path("purl").isTextual()) {
            into.put(component.path("bom-ref").textValue(), component.path("purl").textValue());
        }
        component.path("components").forEach(inside -> purls(inside, into));
    }

    private static String status(@Nullable String state) {
        return switch (String.valueOf(state)) {
            case "resolved", "resolved_with_pedigree" -> "fixed";
            case "exploitable" -> "affected";
            case "in_triage" -> "under_investigation";
            case "false_positive", "not_affected" -> "not_affected";
            default -> String.valueOf(state);
        };
    }
}
