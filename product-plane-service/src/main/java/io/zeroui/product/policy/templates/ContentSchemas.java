package io.zeroui.product.policy.templates;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.zeroui.contracts.receipts.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks contents by the schema of their type (JSON Schema 2020-12). A type without a schema takes any content. Nothing is fetched: a
 * schema that refers to another document is refused.
 */
@ApplicationScoped
public class ContentSchemas {

    /** Most faults that are told. */
    private static final int FAULTS_MOST = 20;
    private static final int FAULT_LENGTH_MOST = 300;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig STRICT = SchemaValidatorsConfig.builder().preloadJsonSchema(true).build();

    private final PolicyTemplates templates;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012, builder -> builder
            .schemaLoaders(loaders -> loaders.add(address -> {
                throw new JsonSchemaException("a schema stands for itself; it must not refer to " + address);
            })));
    private final JsonSchema ofSchemas = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012), SchemaValidatorsConfig.builder().build());
    private final Map<String, Compiled> known = new ConcurrentHashMap<>();

    ContentSchemas(PolicyTemplates templates) {
        this.templates = templates;
    }

    private record Compiled(Hash source, JsonSchema schema) {
    }

    /**
     * What is wrong with a content.
     *
     * @param path JSON Pointer to it
     * @param rule which part of the schema says so
     */
    public record Fault(String path, String rule) {
    }

    /** What is wrong with a content; empty where nothing is, or its type has no schema. */
    public List<Fault> faults(String type, ObjectNode content) {
        Optional<byte[]> bytes = templates.findSchema(type);
        return bytes.isEmpty() ? List.of() : faults(compiled(type, bytes.get()), content);
    }

    /** What is wrong with a schema; empty where it can be used. */
    public List<Fault> faultsOfSchema(ObjectNode schema) {
        List<Fault> faults = faults(ofSchemas, schema);
        if (!faults.isEmpty()) {
            return faults;
        }
        try {
            factory.getSchema(schema, STRICT).initializeValidators();
            return List.of();
        } catch (RuntimeException e) {
            return List.of(new Fault("", shorten(String.valueOf(e.getMessage()))));
        }
    }

    private static List<Fault> faults(JsonSchema schema, ObjectNode document) {
        return schema.validate(document).stream().limit(FAULTS_MOST)
                .map(fault -> new Fault(fault.getInstanceLocation().toString(), shorten(fault.getMessage()))).toList();
    }

    private JsonSchema compiled(String type, byte[] bytes) {
        Hash source = Hash.of(bytes);
        Compiled now = known.get(type);
        if (now == null || !now.source().equals(source)) {
            try {
                now = new Compiled(source, factory.getSchema(JSON.readTree(bytes), STRICT));
            } catch (IOException e) {
                throw new UncheckedIOException("the schema of " + type + " is no JSON", e);
            }
            known.put(type, now);
        }
        return now.schema();
    }

    private static String shorten(String text) {
        return text.length() <= FAULT_LENGTH_MOST ? text : text.substring(0, FAULT_LENGTH_MOST) + "…";
    }
}
