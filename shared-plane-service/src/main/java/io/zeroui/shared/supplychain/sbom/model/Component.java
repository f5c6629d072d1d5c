package io.zeroui.shared.supplychain.sbom.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component of a bill of materials.
 *
 * @param ref its name inside the document; unique there
 * @param kind for example library, application, file; as CycloneDX names it
 * @param purl its package URL
 * @param group what its name is in, for example a Maven group
 * @param name its name
 * @param version its version; where it is not given, that of the package URL
 * @param supplier who supplies it
 * @param licences SPDX identifiers, expressions or names, in order and each once
 * @param hashes {@code algorithm:hex} in lower case, for example {@code sha-256:00…}, in order and each once
 */
public record Component(String ref, String kind, @Nullable Purl purl, @Nullable String group, String name, @Nullable String version,
        @Nullable String supplier, List<String> licences, List<String> hashes) {

    public Component {
        version = version == null && purl != null ? purl.version() : version;
        licences = licences.stream().distinct().sorted().toList();
        hashes = hashes.stream().distinct().sorted().toList();
    }

    /** What stays the same from version to version: the package URL without version, qualifiers and subpath, else group and name. */
    public String coordinate() {
        if (purl != null) {
            return purl.coordinate();
        }
        return "name:" + (group == null ? "" : group + "/") + name;
    }
}
