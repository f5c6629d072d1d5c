package io.zeroui.shared.supplychain.sbom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.supplychain.sbom.SbomFiles;
import io.zeroui.shared.supplychain.sbom.SbomLimits;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdx.jacksonstore.MultiFormatStore;
import org.spdx.storage.ISerializableModelStore;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.tagvaluestore.TagValueStore;

class SbomReaderTest {

    private final SbomReader reader = new SbomReader(new SbomLimits());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
            "commons-compress-1.23.0-cyclonedx.json, CYCLONEDX_JSON, 1.4, org.apache.commons/commons-compress, 1.23.0, 6, 5",
            "commons-compress-1.26.0-cyclonedx.json, CYCLONEDX_JSON, 1.4, org.apache.commons/commons-compress, 1.26.0, 9, 8",
            "commons-compress-1.27.1-cyclonedx.xml, CYCLONEDX_XML, 1.5, org.apache.commons/commons-compress, 1.27.1, 9, 8",
            "commons-compress-1.28.0-cyclonedx.json, CYCLONEDX_JSON, 1.6, org.apache.commons/commons-compress, 1.28.0, 8, 7",
            "commons-lang3-3.19.0-cyclonedx.json, CYCLONEDX_JSON, 1.6, org.apache.commons/commons-lang3, 3.19.0, 1, 0",
            "commons-lang3-3.19.0-cyclonedx.xml, CYCLONEDX_XML, 1.6, org.apache.commons/commons-lang3, 3.19.0, 1, 0",
            "valid-component-ref-1.7.json, CYCLONEDX_JSON, 1.7, , , 3, 1",
            "commons-lang3-3.19.0.spdx.json, SPDX_JSON, 2.3, Apache Commons Lang, 3.19.0, 550, 549",
            "package_sbom.spdx3.json, SPDX_JSON_LD, 3.0, my-package, 1.0, 2, 1"
    })
    void publishedDocumentsAreReadInEveryVersion(String file, SbomFormat format, String specVersion, String name, String version, int components, int edges) {
        Sbom sbom = reader.read(SbomFiles.of(file));
        assertThat(sbom.format()).isEqualTo(format);
        assertThat(sbom.specVersion()).isEqualTo(specVersion);
        assertThat(sbom.name()).isEqualTo(name);
        assertThat(sbom.version()).isEqualTo(version);
        assertThat(sbom.components()).hasSize(components);
        assertThat(sbom.parents()).hasSize(edges);
        assertThat(sbom.findings()).isEmpty();
    }

    @Test
    void everythingThatIsKeptOfAComponentIsRead() {
        Component zstd = reader.read(SbomFiles.of("commons-compress-1.27.1-cyclonedx.xml")).components().stream()
                .filter(one -> one.name().equals("zstd-jni")).findFirst().orElseThrow();
        assertThat(zstd.purl()).hasToString("pkg:maven/com.github.luben/zstd-jni@1.5.6-4?type=jar");
        assertThat(zstd.coordinate()).isEqualTo("pkg:maven/com.github.luben/zstd-jni");
        assertThat(zstd.group()).isEqualTo("com.github.luben");
        assertThat(zstd.licences()).containsExactly("BSD-2-Clause");
        assertThat(zstd.hashes()).contains("md5:808e96f7bc2d4a3c5f68e95786f74cc9").hasSizeGreaterThan(3);
    }

    @Test
    void theTreeOfNpmIsTheSameInBothFormats() {
        assertThat(names(reader.read(SbomFiles.of("qdrant-spdx.json")))).isEqualTo(names(reader.read(SbomFiles.of("qdrant-cyclonedx.json")))).hasSizeGreaterThan(3);
    }

    @Test
    void oneDocumentComesToTheSameInEveryFormatOfSpdx() throws Exception {
        Path json = SbomFiles.of("commons-lang3-3.19.0.spdx.json");
        Sbom expected = reader.read(json);
        for (String format : List.of("xml", "spdx")) {
            ISerializableModelStore store = new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.JSON);
            try (InputStream in = Files.newInputStream(json)) {
                assertThat(store.deSerialize(in, false)).isNotNull();
            }
            Path file = folder.resolve("same." + format);
            ISerializableModelStore other = format.equals("xml") ? new MultiFormatStore(store, MultiFormatStore.Format.XML) : new TagValueStore(store);
            try (OutputStream out = Files.newOutputStream(file)) {
                other.serialize(out);
            }
            Sbom found = reader.read(file);
            assertThat(found.format()).isEqualTo(format.equals("xml") ? SbomFormat.SPDX_XML : SbomFormat.SPDX_TAG_VALUE);
            assertThat(names(found)).isEqualTo(names(expected));
            assertThat(found.parents()).hasSameSizeAs(expected.parents());
        }
    }

    private static Map<String, List<String>> names(Sbom sbom) {
        Map<String, List<String>> names = new TreeMap<>();
        sbom.components().forEach(one -> names.put(one.purl() == null ? one.name() : one.purl().toString(), one.hashes()));
        return names;
    }

    @Test
    void entitiesAreRefusedWhateverTheyAreFor() throws IOException {
        assertRefused("<?xml version=\"1.0\"?><!DOCTYPE bom [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                + "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components><component type=\"library\"><name>&c;</name></component></components></bom>",
                "ENTITIES_REFUSED", 400);
        assertRefused("<?xml version=\"1.0\"?><!DOCTYPE bom SYSTEM \"file:///etc/passwd\"><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"/>", "ENTITIES_REFUSED", 400);
        assertRefused("<?xml version=\"1.0\"?><!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document><name>&x;</name></Document>",
                "ENTITIES_REFUSED", 400);
        assertRefused("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components><component type=\"library\"><name>&x;</name></component></components></bom>",
                "ENTITIES_REFUSED", 400);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() throws IOException {
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"x\":" + "[".repeat(100_000), "TOO_DEEP", 400);
        assertRefused("{\"spdxVersion\":\"SPDX-2.3\",\"x\":" + "{\"a\":".repeat(100_000), "TOO_DEEP", 400);
        assertRefused("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">" + "<a>".repeat(100_000), "TOO_DEEP", 400);
        StringBuilder nested = new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"");
        for (int i = 0; i < 200; i++) {
            nested.append(",\"components\":[{\"type\":\"library\",\"name\":\"a\"");
        }
        assertRefused(nested.append("}]".repeat(200)).append('}').toString(), "TOO_DEEP", 400);
    }

    @Test
    void duplicateReferencesWrongPurlsAndUnknownVersionsAreRefused() throws IOException {
        assertRefused(document("{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"x\"},{\"type\":\"library\",\"name\":\"b\",\"bom-ref\":\"x\"}"), "DUPLICATE_REF", 400);
        assertRefused(document("{\"type\":\"library\",\"name\":\"a\",\"purl\":\"npm/lodash\"}"), "WRONG_PURL", 400);
        assertRefused(document("{\"type\":\"library\",\"name\":\"a\",\"purl\":\"pkg:maven/log4j\"}"), "WRONG_PURL", 400);
        assertRefused(document("{\"type\":\"library\"}"), "MALFORMED", 400);
        assertRefused(document("{\"type\":\"gadget\",\"name\":\"a\"}"), "MALFORMED", 400);
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"}", "VERSION_UNKNOWN", 400);
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[]} {}", "MALFORMED", 400);
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[", "MALFORMED", 400);
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}", "MALFORMED", 400);
        assertRefused("{\"hello\":1}", "FORMAT_UNKNOWN", 400);
        assertRefused("", "FORMAT_UNKNOWN", 400);
    }

    @Test
    void cyclesAreNamedAndDoNotHarm() throws IOException {
        Sbom sbom = reader.read(file("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"a\"},"
                + "{\"type\":\"library\",\"name\":\"b\",\"bom-ref\":\"b\"}],\"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[\"b\",\"a\",\"nobody\"]},"
                + "{\"ref\":\"b\",\"dependsOn\":[\"a\"]}]}"));
        assertThat(sbom.parents()).hasSize(2);
        assertThat(sbom.roots()).containsExactly(0);
        assertThat(sbom.findings()).anyMatch(text -> text.contains("cycle") && text.contains("'a' -> 'b' -> 'a'"))
                .anyMatch(text -> text.contains("'nobody'"));
    }

    @Test
    void threeHundredMegabytesAreRefusedBeforeTheyAreRead() throws IOException {
        Path file = folder.resolve("large.json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[");
            String component = String.format(Locale.ROOT, "{\"type\":\"library\",\"name\":\"%s\"},", "a".repeat(1 << 20));
            for (int i = 0; i < 300; i++) {
                out.write(component);
            }
        }
        assertRefused(file, "TOO_LARGE", 413);
    }

    @Test
    void tooManyComponentsOrTooLongTextsAreRefusedWhileReading() throws IOException {
        assertRefused(document("{\"type\":\"library\",\"name\":\"a\"},".repeat(100_001) + "{}"), "TOO_LARGE", 413);
        assertRefused(document("{\"type\":\"library\",\"name\":\"" + "a".repeat((4 << 20) + 1) + "\"}"), "TOO_LARGE", 413);
        assertRefused(document("{\"type\":\"library\",\"name\":\"a\",\"licenses\":[" + "{},".repeat(200_000) + "{}]}"), "TOO_LARGE", 413);
    }

    private static String document(String components) {
        return "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[" + components + "]}";
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "sbom", ""), content);
    }

    private void assertRefused(String content, String reason, int status) throws IOException {
        assertRefused(file(content), reason, status);
    }

    private void assertRefused(Path file, String reason, int status) {
        assertThatThrownBy(() -> reader.read(file)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.details()).containsEntry("reason", reason);
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.getMessage()).hasSizeLessThan(1_000);
        });
    }
}
