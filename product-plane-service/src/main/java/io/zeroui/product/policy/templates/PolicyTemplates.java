package io.zeroui.product.policy.templates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.product.policy.registry.RegistryFolders;
import io.zeroui.runtime.fabric.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Templates as {@code templates/{template-id}.json} and schemas as {@code templates/{type}.schema.json}. A template or schema may be
 * replaced: a version that was made from it keeps what it has. Waits for the disk; fails with {@link UncheckedIOException}.
 */
@ApplicationScoped
public class PolicyTemplates {

    /** Most templates that there are, and as many schemas. */
    public static final int MOST = 1_000;

    private static final String TEMPLATE = ".json";
    private static final String SCHEMA = ".schema.json";

    private final RegistryFolders folders;

    PolicyTemplates(RegistryFolders folders) {
        this.folders = folders;
    }

    /** Writes or replaces a template; false where there are too many. */
    public boolean put(PolicyTemplate template) {
        return write(template.id(), TEMPLATE, template.write());
    }

    /** Writes or replaces the schema of a type; false where there are too many. */
    public boolean putSchema(String type, ObjectNode schema) {
        return write(type, SCHEMA, schema);
    }

    /** The template of that id. */
    public Optional<PolicyTemplate> find(String id) {
        return read(id, TEMPLATE).map(bytes -> PolicyTemplate.read(parse(bytes)));
    }

    /** The bytes of the schema of a type. */
    public Optional<byte[]> findSchema(String type) {
        return read(type, SCHEMA);
    }

    /** The templates' ids in their order, behind one of them. */
    public List<String> ids(String after, int most) {
        return names(TEMPLATE).stream().filter(id -> id.compareTo(after) > 0).limit(most).toList();
    }

    /** The types that have a schema, in their order. */
    public List<String> types() {
        return names(SCHEMA);
    }

    private boolean write(String name, String suffix, ObjectNode content) {
        try {
            Path file = file(name, suffix);
            if (!Files.exists(file) && names(suffix).size() >= MOST) {
                return false;
            }
            DurableFiles.replace(file, CanonicalJson.of(content));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> read(String name, String suffix) {
        try {
            return PolicyLabels.isType(name) ? Optional.of(Files.readAllBytes(file(name, suffix))) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names(String suffix) {
        TreeSet<String> names = new TreeSet<>();
        Path folder = folders.root().policyTemplatesFolder(folders.region());
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    names.add(name.substring(0, name.length() - suffix.length()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ArrayList<>(names.stream().filter(PolicyLabels::isType).toList());
    }

    private Path file(String name, String suffix) {
        if (!PolicyLabels.isType(name)) {
            throw new IllegalArgumentException("not the name of a template or type");
        }
        return folders.root().policyTemplatesFolder(folders.region()).resolve(name + suffix);
    }

    private static ObjectNode parse(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, PolicySnapshotCodec.LIMITS);
        } catch (InvalidJson e) {
            throw new UncheckedIOException(new IOException("a template that is no JSON: " + e.detail(), e));
        }
    }
}
