package io.zeroui.shared.supplychain.sbom.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CycloneDX in JSON: one component after another, whatever the document's length. */
final class CycloneDxJson {

    /** What of a component is read; the rest is passed over. */
    static final Set<String> MEMBERS = Set.of("type", "bom-ref", "group", "name", "version", "purl", "publisher", "supplier", "hashes", "licenses");

    private static final Set<String> VERSIONS = Set.of("1.4", "1.5", "1.6", "1.7");

    private static final int TOKENS_MOST = 100_000;

    private final SbomConfig limits;
    private final GraphBuilder graph;
    private @Nullable String specVersion;

    private CycloneDxJson(SbomConfig limits) {
        this.limits = limits;
        this.graph = new GraphBuilder(limits);
    }

    /** Reads a document; refuses what breaks a rule. */
    static Sbom read(InputStream in, SbomConfig limits) throws IOException {
        try (JsonParser json = mapper(limits).getFactory().createParser(in)) {
            return new CycloneDxJson(limits).document(json);
        } catch (JsonProcessingException e) {
            throw refusal(e, limits);
        }
    }

    /** What bounds every reading of JSON here. */
    static ObjectMapper mapper(SbomConfig limits) {
        JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        mapper.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(limits.depthMost())
                .maxStringLength(limits.textMost()).maxNameLength(10_000).maxNumberLength(1_000).build());
        return mapper;
    }

    /** Why JSON is refused. */
    static RuntimeException refusal(JsonProcessingException e, SbomConfig limits) {
        String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return e.getOriginalMessage().contains("depth")
                    ? SbomProblem.TOO_DEEP.because("The document is nested more than " + limits.depthMost() + " deep" + where)
                    : SbomProblem.TOO_LARGE.because("A text of the document is too long" + where);
        }
        return SbomProblem.MALFORMED.because("The document is no JSON" + where + ": " + SbomTexts.quoted(e.getOriginalMessage().lines().findFirst().orElse("")));
    }

    private Sbom document(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "The document is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            switch (member) {
                case "bomFormat" -> require("CycloneDX".equals(json.getValueAsString()), "bomFormat is not CycloneDX");
                case "specVersion" -> specVersion = version(json.getValueAsString());
                case "serialNumber" -> graph.serial(SbomTexts.clean(json.getValueAsString()));
                case "metadata" -> metadata(json, value);
                case "components" -> components(json, value).clear();
                case "dependencies" -> dependencies(json, value);
                default -> json.skipChildren();
            }
        }
        require(json.nextToken() == null, "Something follows the document");
        if (specVersion == null) {
            throw SbomProblem.MALFORMED.because("The document has no specVersion");
        }
        return graph.build(SbomFormat.CYCLONEDX_JSON, specVersion);
    }

    static String version(@Nullable String given) {
        if (given == null || !VERSIONS.contains(given)) {
            throw SbomProblem.VERSION_UNKNOWN.because("CycloneDX is read in the versions 1.4 to 1.7, not " + SbomTexts.quoted(String.valueOf(given)));
        }
        return given;
    }

    private void metadata(JsonParser json, JsonToken value) throws IOException {
        require(value == JsonToken.START_OBJECT, "metadata is no object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isSubject = json.currentName().equals("component");
            JsonToken inside = json.nextToken();
            if (isSubject && inside == JsonToken.START_OBJECT) {
                Component subject = component(json);
                graph.subject(subject.group() == null ? subject.name() : subject.group() + "/" + subject.name(), subject.version());
                graph.root(subject.ref());
            } else {
                json.skipChildren();
            }
        }
    }

    /** The references of the components of an array. */
    private List<String> components(JsonParser json, JsonToken value) throws IOException {
        require(value == JsonToken.START_ARRAY, "components is no array");
        List<String> refs = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "A component is no object");
            refs.add(component(json).ref());
        }
        return refs;
    }

    /** A component with those inside it, which it depends on. */
    private Component component(JsonParser json) throws IOException {
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        List<String> inside = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (member.equals("components")) {
                inside = components(json, value);
            } else if (MEMBERS.contains(member)) {
                element.set(member, bounded(json));
            } else {
                json.skipChildren();
            }
        }
        Component read = CycloneDxComponents.of(element, graph.freshRef());
        graph.add(read);
        inside.forEach(child -> graph.edge(read.ref(), child));
        return read;
    }

    private JsonNode bounded(JsonParser json) throws IOException {
        if (json.currentToken().isScalarValue()) {
            return json.readValueAsTree();
        }
        try (TokenBuffer copy = new TokenBuffer(json)) {
            long begun = json.currentLocation().getByteOffset();
            int depth = 0;
            int tokens = 0;
            do {
                copy.copyCurrentEvent(json);
                depth += json.currentToken().isStructStart() ? 1 : json.currentToken().isStructEnd() ? -1 : 0;
                if (++tokens > TOKENS_MOST || json.currentLocation().getByteOffset() - begun > limits.componentBytesMost()) {
                    throw SbomProblem.TOO_LARGE.because("A component of the document is too large");
                }
            } while (depth > 0 && json.nextToken() != null);
            return copy.asParser(json.getCodec()).readValueAsTree();
        }
    }

    private void dependencies(JsonParser json, JsonToken value) throws IOException {
        require(value == JsonToken.START_ARRAY, "dependencies is no array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "A dependency is no object");
            String ref = "";
            List<String> on = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                JsonToken inside = json.nextToken();
                if (member.equals("ref")) {
                    ref = json.getValueAsString("");
                } else if (member.equals("dependsOn") && inside == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        require(json.currentToken() == JsonToken.VALUE_STRING && on.size() < limits.edgesMost(), "dependsOn has what is no reference, or too many");
                        on.add(json.getText());
                    }
                } else {
                    json.skipChildren();
                }
            }
            for (String child : on) {
                graph.edge(ref, child);
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw SbomProblem.MALFORMED.because(otherwise);
        }
    }
}
