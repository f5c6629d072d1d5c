package io.zeroui.shared.supplychain.sbom.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says by a document's beginning what format it is in. */
final class FormatGuess {

    private static final int LOOK_BYTES = 1 << 12;
    private static final int BUFFER_BYTES = 1 << 16;

    private FormatGuess() {
    }

    /** The format; refuses what is none. */
    static SbomFormat of(Path file, SbomConfig limits) throws IOException {
        String head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(LOOK_BYTES), StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        }
        if (head.startsWith("{")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
                    JsonParser json = CycloneDxJson.mapper(limits).getFactory().createParser(in)) {
                return json(json);
            } catch (JsonProcessingException e) {
                throw CycloneDxJson.refusal(e, limits);
            }
        }
        if (head.startsWith("<")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
                XmlRules xml = XmlRules.open(in, limits);
                if (xml.nextChild() && xml.getLocalName().equals("bom")) {
                    return SbomFormat.CYCLONEDX_XML;
                }
                if (xml.isStartElement() && xml.getLocalName().equals("Document")) {
                    return SbomFormat.SPDX_XML;
                }
            }
            throw unknown();
        }
        if (head.contains("SPDXVersion:")) {
            return SbomFormat.SPDX_TAG_VALUE;
        }
        throw unknown();
    }

    private static SbomFormat json(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        assert first == JsonToken.START_OBJECT;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            switch (member) {
                case "bomFormat", "specVersion" -> {
                    return SbomFormat.CYCLONEDX_JSON;
                }
                case "spdxVersion", "SPDXID" -> {
                    return SbomFormat.SPDX_JSON;
                }
                case "@context", "@graph" -> {
                    return SbomFormat.SPDX_JSON_LD;
                }
                default -> {
                    assert value != null;
                    json.skipChildren();
                }
            }
        }
        throw unknown();
    }

    private static RuntimeException unknown() {
        return SbomProblem.FORMAT_UNKNOWN.because("The document is neither CycloneDX 1.4 to 1.7 in JSON or XML, nor SPDX 2.2 or 2.3 in JSON, XML or tags and values, "
                + "nor SPDX 3.0 in JSON-LD");
    }
}
