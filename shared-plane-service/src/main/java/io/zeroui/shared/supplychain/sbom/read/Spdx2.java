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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdx.core.InvalidSPDXAnalysisException;
import org.spdx.jacksonstore.MultiFormatStore;
import org.spdx.library.ModelCopyManager;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v2.Checksum;
import org.spdx.library.model.v2.ExternalRef;
import org.spdx.library.model.v2.Relationship;
import org.spdx.library.model.v2.SpdxConstantsCompatV2;
import org.spdx.library.model.v2.SpdxDocument;
import org.spdx.library.model.v2.SpdxElement;
import org.spdx.library.model.v2.SpdxFile;
import org.spdx.library.model.v2.SpdxItem;
import org.spdx.library.model.v2.SpdxPackage;
import org.spdx.library.model.v2.license.AnyLicenseInfo;
import org.spdx.storage.ISerializableModelStore;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.tagvaluestore.TagValueStore;

/** Reads SPDX 2.2 and 2.3 with the SPDX library. */
final class Spdx2 {

    private static final Set<String> VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");
    private static final Set<String> NOTHING = Set.of("NONE", "NOASSERTION");
    private static final Set<String> DOWNWARDS = Set.of("DEPENDS_ON", "CONTAINS", "DYNAMIC_LINK", "STATIC_LINK", "HAS_PREREQUISITE");
    private static final Set<String> UPWARDS = Set.of("DEPENDENCY_OF", "CONTAINED_BY", "BUILD_DEPENDENCY_OF", "DEV_DEPENDENCY_OF", "OPTIONAL_DEPENDENCY_OF",
            "PROVIDED_DEPENDENCY_OF", "RUNTIME_DEPENDENCY_OF", "TEST_DEPENDENCY_OF", "PREREQUISITE_FOR", "PACKAGE_OF");

    private final ISerializableModelStore store;
    private final ModelCopyManager copies = new ModelCopyManager();
    private final GraphBuilder graph;

    private Spdx2(ISerializableModelStore store, SbomConfig limits) {
        this.store = store;
        this.graph = new GraphBuilder(limits);
    }

    /** Reads a document; refuses what breaks a rule. */
    static Sbom read(Path file, SbomFormat format, SbomConfig limits) throws IOException {
        switch (format) {
            case SPDX_JSON -> SpdxRules.requireJson(file, limits);
            case SPDX_XML -> SpdxRules.requireXml(file, limits);
            default -> SpdxRules.requireLines(file, limits);
        }
        ISerializableModelStore store = switch (format) {
            case SPDX_JSON -> new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.JSON);
            case SPDX_XML -> new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.XML);
            default -> new TagValueStore(new InMemSpdxStore());
        };
        SpdxRules.deserialise(store, file);
        try {
            return new Spdx2(store, limits).document(format);
        } catch (InvalidSPDXAnalysisException | RuntimeException e) {
            throw SpdxRules.malformed(e);
        }
    }

    private Sbom document(SbomFormat format) throws InvalidSPDXAnalysisException {
        List<SpdxDocument> documents = all(SpdxConstantsCompatV2.CLASS_SPDX_DOCUMENT, SpdxDocument.class);
        if (documents.size() != 1) {
            throw SbomProblem.MALFORMED.because("The file has " + documents.size() + " SPDX documents");
        }
        SpdxDocument document = documents.get(0);
        String version = document.getSpecVersion();
        if (!VERSIONS.contains(version)) {
            throw SbomProblem.VERSION_UNKNOWN.because("SPDX is read in the versions 2.2, 2.3 and 3.0, not " + SbomTexts.quoted(version));
        }
        graph.serial(SbomTexts.clean(document.getDocumentUri()));
        List<SpdxPackage> packages = all(SpdxConstantsCompatV2.CLASS_SPDX_PACKAGE, SpdxPackage.class);
        for (SpdxPackage one : packages) {
            graph.add(component(one));
        }
        List<SpdxFile> files = all(SpdxConstantsCompatV2.CLASS_SPDX_FILE, SpdxFile.class);
        for (SpdxFile one : files) {
            graph.add(file(one));
        }
        subject(document);
        for (SpdxPackage one : packages) {
            for (SpdxFile inside : one.getFiles()) {
                graph.edge(one.getId(), inside.getId());
            }
            relationships(one);
        }
        for (SpdxFile one : files) {
            relationships(one);
        }
        return graph.build(format, version.substring("SPDX-".length()));
    }

    private <T> List<T> all(String type, Class<T> as) throws InvalidSPDXAnalysisException {
        try (Stream<?> found = SpdxModelFactory.getSpdxObjects(store, copies, type, null, null)) {
            List<T> items = new ArrayList<>();
            found.filter(as::isInstance).map(as::cast).forEach(items::add);
            return items;
        }
    }

    private void subject(SpdxDocument document) throws InvalidSPDXAnalysisException {
        Collection<SpdxElement> described = document.getDocumentDescribes();
        for (SpdxElement element : described) {
            graph.root(element.getId());
        }
        SpdxElement first = described.size() == 1 ? described.iterator().next() : null;
        if (first instanceof SpdxPackage about) {
            graph.subject(SbomTexts.clean(about.getName().orElse(null)), SbomTexts.clean(about.getVersionInfo().orElse(null)));
        } else {
            graph.subject(SbomTexts.clean(document.getName().orElse(null)), null);
        }
    }

    private void relationships(SpdxItem of) throws InvalidSPDXAnalysisException {
        for (Relationship one : of.getRelationships()) {
            SpdxElement other = one.getRelatedSpdxElement().orElse(null);
            String type = String.valueOf(one.getRelationshipType());
            if (other != null && DOWNWARDS.contains(type)) {
                graph.edge(of.getId(), other.getId());
            } else if (other != null && UPWARDS.contains(type)) {
                graph.edge(other.getId(), of.getId());
            }
        }
    }

    private static Component component(SpdxPackage one) throws InvalidSPDXAnalysisException {
        String ref = SbomTexts.ref(one.getId());
        Purl purl = null;
        for (ExternalRef external : one.getExternalRefs()) {
            if (purl == null && SbomTexts.isPurl(external.getReferenceLocator())) {
                purl = SbomTexts.purl(external.getReferenceLocator(), ref);
            }
        }
        List<String> licences = new ArrayList<>();
        licence(licences, one.getLicenseDeclared());
        if (licences.isEmpty()) {
            licence(licences, one.getLicenseConcluded());
        }
        String kind = one.getPrimaryPurpose().map(purpose -> purpose.toString().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("library");
        String supplier = one.getSupplier().map(name -> name.replaceFirst("^(Organization|Person): *", "")).orElse(null);
        return new Component(ref, kind, purl, null, name(one, ref), SbomTexts.clean(one.getVersionInfo().orElse(null)),
                supplier == null || NOTHING.contains(supplier) ? null : SbomTexts.clean(supplier), licences, hashes(one.getChecksums()));
    }

    private static Component file(SpdxFile one) throws InvalidSPDXAnalysisException {
        String ref = SbomTexts.ref(one.getId());
        List<String> licences = new ArrayList<>();
        licence(licences, one.getLicenseConcluded());
        return new Component(ref, "file", null, null, name(one, ref), null, null, licences, hashes(one.getChecksums()));
    }

    private static String name(SpdxElement one, String ref) throws InvalidSPDXAnalysisException {
        String name = SbomTexts.clean(one.getName().orElse(null));
        if (name == null) {
            throw SbomProblem.MALFORMED.because("The element " + SbomTexts.quoted(ref) + " has no name");
        }
        return name;
    }

    private static void licence(List<String> into, @Nullable AnyLicenseInfo licence) {
        String text = licence == null ? null : SbomTexts.clean(licence.toString());
        if (text != null && !NOTHING.contains(text)) {
            into.add(text);
        }
    }

    private static List<String> hashes(Collection<Checksum> given) throws InvalidSPDXAnalysisException {
        List<String> hashes = new ArrayList<>();
        for (Checksum one : given) {
            String hash = SbomTexts.hash(String.valueOf(one.getAlgorithm()), one.getValue());
            if (hash != null) {
                hashes.add(hash);
            }
        }
        return hashes;
    }
}
