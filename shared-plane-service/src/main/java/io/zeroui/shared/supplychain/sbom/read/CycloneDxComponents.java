package io.zeroui.shared.supplychain.sbom.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.util.ArrayList;
import java.util.List;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.jspecify.annotations.Nullable;

/** Makes components of the elements of a CycloneDX document, with the library's model of them. */
final class CycloneDxComponents {

    private static final ObjectMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private CycloneDxComponents() {
    }

    /**
     * A component without those inside it.
     *
     * @param element its members as JSON has them
     * @param freshRef its reference where it has none
     */
    static Component of(ObjectNode element, String freshRef) {
        org.cyclonedx.model.Component read = read(element);
        String name = SbomTexts.clean(read.getName());
        if (name == null || read.getType() == null) {
            throw SbomProblem.MALFORMED.because("The component " + SbomTexts.quoted(read.getBomRef() == null ? freshRef : read.getBomRef())
                    + " has no name or no type");
        }
        String ref = read.getBomRef() == null || read.getBomRef().isEmpty() ? freshRef : SbomTexts.ref(read.getBomRef());
        Purl purl = SbomTexts.purl(read.getPurl(), ref);
        return new Component(ref, read.getType().getTypeName(), purl, SbomTexts.clean(read.getGroup()), name, SbomTexts.clean(read.getVersion()),
                supplier(read), licences(read.getLicenses()), hashes(read.getHashes()));
    }

    private static org.cyclonedx.model.Component read(ObjectNode element) {
        try {
            return MAPPER.treeToValue(element, org.cyclonedx.model.Component.class);
        } catch (JsonProcessingException | RuntimeException e) {
            throw SbomProblem.MALFORMED.because("The component " + SbomTexts.quoted(element.path("name").asText("")) + " is not as CycloneDX has it: "
                    + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return SbomTexts.quoted((e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage())).lines().findFirst()
                .orElse(""));
    }

    private static @Nullable String supplier(org.cyclonedx.model.Component read) {
        if (read.getSupplier() != null && read.getSupplier().getName() != null) {
            return SbomTexts.clean(read.getSupplier().getName());
        }
        return SbomTexts.clean(read.getPublisher());
    }

    private static List<String> licences(@Nullable LicenseChoice choice) {
        List<String> names = new ArrayList<>();
        if (choice == null) {
            return names;
        }
        if (choice.getLicenses() != null) {
            for (License licence : choice.getLicenses()) {
                add(names, licence.getId() == null ? licence.getName() : licence.getId());
            }
        }
        if (choice.getExpression() != null) {
            add(names, choice.getExpression().getValue());
        }
        return names;
    }

    private static List<String> hashes(@Nullable List<Hash> given) {
        List<String> hashes = new ArrayList<>();
        if (given != null) {
            given.forEach(hash -> add(hashes, SbomTexts.hash(hash.getAlgorithm(), hash.getValue())));
        }
        return hashes;
    }

    private static void add(List<String> to, @Nullable String text) {
        String clean = SbomTexts.clean(text);
        if (clean != null) {
            to.add(clean);
        }
    }
}
