package io.zeroui.shared.supplychain.sbom.read;

import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdx.core.InvalidSPDXAnalysisException;
import org.spdx.library.ModelCopyManager;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v3_0_1.SpdxConstantsV3;
import org.spdx.library.model.v3_0_1.core.Element;
import org.spdx.library.model.v3_0_1.core.ElementCollection;
import org.spdx.library.model.v3_0_1.core.ExternalIdentifier;
import org.spdx.library.model.v3_0_1.core.Hash;
import org.spdx.library.model.v3_0_1.core.IntegrityMethod;
import org.spdx.library.model.v3_0_1.core.Relationship;
import org.spdx.library.model.v3_0_1.core.SpdxDocument;
import org.spdx.library.model.v3_0_1.simplelicensing.LicenseExpression;
import org.spdx.library.model.v3_0_1.software.SoftwareArtifact;
import org.spdx.library.model.v3_0_1.software.SpdxFile;
import org.spdx.library.model.v3_0_1.software.SpdxPackage;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.v3jsonldstore.JsonLDStore;

/** Reads SPDX 3.0 in JSON-LD with the SPDX library. */
final class Spdx3 {

    private static final Set<String> DOWNWARDS = Set.of("CONTAINS", "DEPENDS_ON", "HAS_DYNAMIC_LINK", "HAS_STATIC_LINK", "HAS_PREREQUISITE", "HAS_OPTIONAL_COMPONENT",
            "HAS_PROVIDED_DEPENDENCY", "HAS_OPTIONAL_DEPENDENCY");
    private static final Set<String> LICENCES = Set.of("HAS_DECLARED_LICENSE", "HAS_CONCLUDED_LICENSE");

    private final JsonLDStore store;
    private final ModelCopyManager copies = new ModelCopyManager();
    private final GraphBuilder graph;
    private final Map<String, List<String>> licences = new HashMap<>();

    private Spdx3(JsonLDStore store, SbomConfig limits) {
        this.store = store;
        this.graph = new GraphBuilder(limits);
    }

    /** Reads a document; refuses what breaks a rule. */
    static Sbom read(Path file, SbomConfig limits) throws IOException {
        SpdxRules.requireJson(file, limits);
        JsonLDStore store = new JsonLDStore(new InMemSpdxStore());
        SpdxRules.deserialise(store, file);
        try {
            return new Spdx3(store, limits).document();
        } catch (InvalidSPDXAnalysisException | RuntimeException e) {
            throw SpdxRules.malformed(e);
        }
    }

    private Sbom document() throws InvalidSPDXAnalysisException {
        List<SpdxDocument> documents = all(SpdxConstantsV3.CORE_SPDX_DOCUMENT, SpdxDocument.class);
        if (documents.size() > 1) {
            throw SbomProblem.MALFORMED.because("The file has " + documents.size() + " SPDX documents");
        }
        List<Relationship> relationships = all(SpdxConstantsV3.CORE_RELATIONSHIP, Relationship.class);
        for (Relationship one : relationships) {
            licence(one);
        }
        for (SpdxPackage one : all(SpdxConstantsV3.SOFTWARE_SPDX_PACKAGE, SpdxPackage.class)) {
            graph.add(component(one));
        }
        for (SpdxFile one : all(SpdxConstantsV3.SOFTWARE_SPDX_FILE, SpdxFile.class)) {
            graph.add(artifact(one, "file", null, null, null));
        }
        for (Relationship one : relationships) {
            String type = one.getRelationshipType().name();
            if (DOWNWARDS.contains(type) && one.getFrom() != null) {
                for (Element to : one.getTos()) {
                    graph.edge(one.getFrom().getObjectUri(), to.getObjectUri());
                }
            }
        }
        for (SpdxDocument one : documents) {
            graph.serial(SbomTexts.clean(one.getObjectUri()));
            subject(one);
        }
        return graph.build(SbomFormat.SPDX_JSON_LD, "3.0");
    }

    private <T> List<T> all(String type, Class<T> as) throws InvalidSPDXAnalysisException {
        try (Stream<?> found = SpdxModelFactory.getSpdxObjects(store, copies, type, null, null)) {
            List<T> items = new ArrayList<>();
            found.filter(as::isInstance).map(as::cast).forEach(items::add);
            return items;
        }
    }

    /** A document is about its root elements, or about those of the bill of materials that is its root. */
    private void subject(ElementCollection collection) throws InvalidSPDXAnalysisException {
        for (Element root : collection.getRootElements()) {
            if (root instanceof SoftwareArtifact artifact && graph.has(root.getObjectUri())) {
                graph.root(root.getObjectUri());
                graph.subject(SbomTexts.clean(artifact.getName().orElse(null)), version(artifact));
            } else if (root instanceof ElementCollection inner && !(root instanceof SpdxDocument)) {
                inner(inner);
            }
        }
    }

    private void inner(ElementCollection collection) throws InvalidSPDXAnalysisException {
        for (Element root : collection.getRootElements()) {
            if (root instanceof SoftwareArtifact artifact && graph.has(root.getObjectUri())) {
                graph.root(root.getObjectUri());
                graph.subject(SbomTexts.clean(artifact.getName().orElse(null)), version(artifact));
            }
        }
    }

    private static @Nullable String version(SoftwareArtifact artifact) throws InvalidSPDXAnalysisException {
        return artifact instanceof SpdxPackage one ? SbomTexts.clean(one.getPackageVersion().orElse(null)) : null;
    }

    private void licence(Relationship one) throws InvalidSPDXAnalysisException {
        if (LICENCES.contains(one.getRelationshipType().name()) && one.getFrom() != null) {
            for (Element to : one.getTos()) {
                String text = to instanceof LicenseExpression expression ? expression.getLicenseExpression() : to.getName().orElse(to.getObjectUri());
                String clean = SbomTexts.clean(text);
                if (clean != null) {
                    licences.computeIfAbsent(one.getFrom().getObjectUri(), from -> new ArrayList<>()).add(clean);
                }
            }
        }
    }

    private Component component(SpdxPackage one) throws InvalidSPDXAnalysisException {
        String ref = one.getObjectUri();
        Purl purl = SbomTexts.purl(one.getPackageUrl().orElse(null), ref);
        for (ExternalIdentifier external : one.getExternalIdentifiers()) {
            if (purl == null && external.getIdentifier() != null && SbomTexts.isPurl(external.getIdentifier())) {
                purl = SbomTexts.purl(external.getIdentifier(), ref);
            }
        }
        String kind = one.getPrimaryPurpose().map(purpose -> purpose.name().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("library");
        return artifact(one, kind, purl, one.getPackageVersion().orElse(null),
                one.getSuppliedBy().isPresent() ? one.getSuppliedBy().get().getName().orElse(null) : null);
    }

    private Component artifact(SoftwareArtifact one, String kind, @Nullable Purl purl, @Nullable String version, @Nullable String supplier)
            throws InvalidSPDXAnalysisException {
        String ref = SbomTexts.ref(one.getObjectUri());
        String name = SbomTexts.clean(one.getName().orElse(null));
        return new Component(ref, kind, purl, null, name == null ? ref : name, SbomTexts.clean(version), SbomTexts.clean(supplier),
                licences.getOrDefault(ref, List.of()), hashes(one.getVerifiedUsings()));
    }

    private static List<String> hashes(Collection<IntegrityMethod> given) throws InvalidSPDXAnalysisException {
        List<String> hashes = new ArrayList<>();
        for (IntegrityMethod one : given) {
            if (one instanceof Hash hash) {
                String text = SbomTexts.hash(String.valueOf(hash.getAlgorithm()), hash.getHashValue());
                if (text != null) {
                    hashes.add(text);
                }
            }
        }
        return hashes;
    }
}
