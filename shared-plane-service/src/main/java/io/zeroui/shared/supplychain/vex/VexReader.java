package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.vex.VexDocument.Statement;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads OpenVEX, CycloneDX and CSAF documents with statements on vulnerabilities. Refusals are problems with status 400 or 413. */
final class VexReader {

    private static final int DEPTH_MOST = 100;
    private static final int TEXT_MOST = 1 << 20;
    private static final int STATEMENTS_MOST = 100_000;
    private static final int LINE_MOST = 1_000;
    private static final Set<String> STATUSES = Set.of("affected", "not_affected", "fixed", "under_investigation");

    private static final ObjectMapper MAPPER = mapper();

    private VexReader() {
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MOST).maxStringLength(TEXT_MOST).build());
        return mapper;
    }

    /** Reads a document. */
    static VexDocument read(byte[] bytes) {
        JsonNode root = parse(bytes);
        VexDocument document = root.path("@context").asText().startsWith("https://openvex.dev/ns") ? OpenVex.read(root)
                : root.path("bomFormat").asText().equals("CycloneDX") ? CycloneDxVex.read(root)
                        : root.path("document").path("csaf_version").isTextual() ? CsafVex.read(root) : null;
        if (document == null) {
            throw SbomProblem.FORMAT_UNKNOWN.because("The document is neither OpenVEX nor CycloneDX nor CSAF");
        }
        if (document.statements().isEmpty()) {
            throw SbomProblem.MALFORMED.because("The document states nothing");
        }
        if (document.statements().size() > STATEMENTS_MOST) {
            throw SbomProblem.TOO_LARGE.because("The document comes to more than " + STATEMENTS_MOST + " statements");
        }
        for (Statement one : document.statements()) {
            if (!STATUSES.contains(one.status())) {
                throw SbomProblem.MALFORMED.because("A statement on " + one.vulnerability() + " has the unknown status " + one.status());
            }
        }
        return document;
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode root = bytes.length == 0 ? null : MAPPER.readTree(bytes);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw SbomProblem.MALFORMED.because("The document is no JSON, or nested too deeply, or has a member twice");
        } catch (IOException e) {
            throw SbomProblem.MALFORMED.because("The document is no JSON in UTF-8");
        }
        throw SbomProblem.MALFORMED.because("The document is no JSON object");
    }

    /** A text; null where there is none. */
    static @Nullable String text(JsonNode node) {
        String text = node.isTextual() ? node.textValue().strip().replaceAll("\\p{Cntrl}", " ") : "";
        return text.isEmpty() ? null : text.length() > LINE_MOST ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LINE_MOST) - 1)) : text;
    }

    /** A text that must be there. */
    static String required(JsonNode node, String what) {
        String text = text(node);
        if (text == null) {
            throw SbomProblem.MALFORMED.because(what + " is missing");
        }
        return text;
    }

    /** A time; null where there is none. */
    static @Nullable Instant time(JsonNode node, String what) {
        String text = text(node);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw SbomProblem.MALFORMED.because(what + " is no time of RFC 3339");
        }
    }

    /** An identifier; a package URL in its canonical form. */
    static String identifier(String given) {
        if (!given.startsWith("pkg:")) {
            return given;
        }
        try {
            return Purl.of(given).toString();
        } catch (IllegalArgumentException e) {
            throw SbomProblem.WRONG_PURL.because("The package URL '" + given + "' is none: " + e.getMessage());
        }
    }
}
