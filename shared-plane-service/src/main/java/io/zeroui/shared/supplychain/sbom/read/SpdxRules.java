package io.zeroui.shared.supplychain.sbom.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamConstants;
import org.spdx.core.InvalidSPDXAnalysisException;
import org.spdx.library.SpdxModelFactory;
import org.spdx.storage.ISerializableModelStore;

/** Lets a document go to the SPDX library, which holds all of it in memory, when a streaming pass has found nothing against it. */
final class SpdxRules {

    private static final int BUFFER_BYTES = 1 << 16;

    static {
        // The list of licences is in the library's jar; without this it would ask for a newer one over the network.
        System.setProperty("org.spdx.useJARLicenseInfoOnly", "true");
        SpdxModelFactory.init();
    }

    private SpdxRules() {
    }

    /** Refuses JSON that is too deep, has a text that is too long, or is none; the number of its objects bounds the library's memory. */
    static void requireJson(Path file, SbomConfig limits) throws IOException {
        int objects = 0;
        try (JsonParser json = CycloneDxJson.mapper(limits).getFactory().createParser(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            while (json.nextToken() != null) {
                if (json.currentToken().isStructStart() && ++objects > limits.edgesMost()) {
                    throw SbomProblem.TOO_LARGE.because("The document has more than " + limits.edgesMost() + " objects");
                }
            }
        } catch (JsonProcessingException e) {
            throw CycloneDxJson.refusal(e, limits);
        }
    }

    /** Refuses XML that breaks {@link XmlRules}. */
    static void requireXml(Path file, SbomConfig limits) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            XmlRules xml = XmlRules.open(in, limits);
            while (xml.getEventType() != XMLStreamConstants.END_DOCUMENT) {
                int event = xml.next();
                assert event >= 0;
            }
        }
    }

    /** Refuses lines that are too long. */
    static void requireLines(Path file, SbomConfig limits) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            int length = 0;
            for (int read = in.read(); read >= 0; read = in.read()) {
                length = read == '\n' ? 0 : length + 1;
                if (length > limits.textMost()) {
                    throw SbomProblem.TOO_LARGE.because("A line of the document has more than " + limits.textMost() + " bytes");
                }
            }
        }
    }

    /** Reads it into the library's store. */
    static void deserialise(ISerializableModelStore store, Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            Object root = store.deSerialize(in, false);
            assert root != null;
        } catch (InvalidSPDXAnalysisException | RuntimeException e) {
            throw malformed(e);
        }
    }

    /** Why the library refuses a document. */
    static ProblemException malformed(Exception e) {
        if (e instanceof ProblemException problem) {
            return problem;
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("uplicate")
                ? SbomProblem.DUPLICATE_REF.because("The document has two elements of one name: " + SbomTexts.quoted(message))
                : SbomProblem.MALFORMED.because("The document is not as SPDX has it: " + SbomTexts.quoted(message));
    }
}
