package io.zeroui.shared.supplychain.sbom.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bill of materials as it was read.
 *
 * @param format what it was written in
 * @param specVersion version of the format's specification, for example 1.6
 * @param serial what the document calls itself: a CycloneDX serial number or an SPDX namespace
 * @param name of what it is about
 * @param version of what it is about
 * @param components in the document's order; the position is the ordinal
 * @param roots ordinals of what it is about; where it does not say so, of what nothing depends on
 * @param parents ordinals of dependents, edge by edge
 * @param children ordinals of what they depend on or contain, edge by edge
 * @param findings what is odd in it but does not keep it out, in words
 */
public record Sbom(SbomFormat format, String specVersion, @Nullable String serial, @Nullable String name, @Nullable String version,
        List<Component> components, List<Integer> roots, int[] parents, int[] children, List<String> findings) {

    public Sbom {
        components = List.copyOf(components);
        roots = List.copyOf(roots);
        findings = List.copyOf(findings);
    }
}
