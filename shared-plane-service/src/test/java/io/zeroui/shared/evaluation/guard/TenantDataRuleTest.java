package io.zeroui.shared.evaluation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantDataRuleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"input\":{\"tenant_id\":\"acme\"}} | /input/tenant_id",
            "{\"input\":{\"X-Tenant-Id\":\"acme\"}} | /input/X-Tenant-Id",
            "{\"input\":[1,{\"tenantId\":\"acme\"}]} | /input/1/tenantId",
            "{\"input\":\"{\\\"tenant_id\\\":\\\"acme\\\"}\"} | /input",
            "{\"input\":\"{\\\"a\\\":\\\"{\\\\\\\"tenant_id\\\\\\\":1}\\\"}\"} | /input",
            "{\"target\":\"curl -H X-Tenant-Id:acme\"} | /target",
            "{\"input\":{\"receipt_id\":\"x\",\"gate_id\":\"y\"}} | /input",
            "{\"input\":\"{\\\"snapshot_hash\\\":\\\"sha256:0\\\"}\"} | /input",
            "{\"metadata\":{\"seen\":\"receipt-1732300000000-0123456789abcdef\"}} | /metadata/seen",
            "{\"input\":\"see tenant/acme/eu/evidence/data\"} | /input",
            "{\"input\":\"write to jane.doe@corp.example.org\"} | /input"})
    void tenantsDataIsFoundAndItsPlaceIsNamed(String document, String path) {
        assertThat(TenantDataRule.find(read(document))).hasValueSatisfying(found -> {
            assertThat(found.path()).isEqualTo(path.strip());
            assertThat(found.what()).isNotBlank().doesNotContain("acme").doesNotContain("jane");
        });
    }

    @Test
    void aFixtureOfPlainWordsIsNotRefused() {
        assertThat(TenantDataRule.find(read("{\"id\":\"capital\",\"input\":\"What is the capital of Peru? A tenant lives in a house.\",\"target\":\"Lima\","
                + "\"metadata\":{\"tenant\":\"of a flat\",\"tags\":[\"geography\"]},\"tenant_id\":null}"))).isEmpty();
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
