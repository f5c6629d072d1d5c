package io.zeroui.product.reports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class ReportsResourceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ReceiptCountStore store;
    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void fill() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        List<CountedReceipt> receipts = new ArrayList<>();
        for (int sequence = 1; sequence <= 60; sequence++) {
            receipts.add(CountedReceipt.of(TenantId.of("paged"), ProductRuntime.item(sequence,
                    sequence % 10 == 0 ? null : "gate-" + sequence % 4, sequence % 3 == 0 ? "warn" : "pass",
                    "2026-11-0" + (1 + sequence % 5))));
        }
        assertThat(store.apply(receipts).await().atMost(PATIENCE)).isBetween(0L, 60L);
    }

    @Test
    void pagesTogetherHaveEveryRowOnce() {
        List<String> whole = rows(page(1000, null));
        assertThat(whole).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            Response page = page(3, cursor);
            List<String> rows = rows(page);
            assertThat(rows).hasSizeLessThanOrEqualTo(3);
            paged.addAll(rows);
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void countsAndFiltersAgree() {
        given().queryParams("tenant", "paged", "from", "2026-11-01", "to", "2026-11-30").get("/v1/reports/receipts")
                .then().statusCode(200).body("count", equalTo(60)).body("next_cursor", nullValue())
                .body("rows.kind", hasItems("decision", "feedback")).body("rows.gate_id", hasItems("gate-1", ""));
        given().queryParams("tenant", "paged", "from", "2026-11-01", "to", "2026-11-30", "kind", "feedback")
                .get("/v1/reports/receipts/daily").then().statusCode(200).body("count", equalTo(6));
        given().queryParams("tenant", "paged", "from", "2026-11-01", "to", "2026-11-30", "status", "hard_block")
                .get("/v1/reports/receipts/daily").then().statusCode(200).body("count", equalTo(0));
    }

    @Test
    void aTenantWithoutEvidenceHasAnEmptyReport() {
        given().queryParam("tenant", "nobody").get("/v1/reports/receipts").then().statusCode(200)
                .body("rows.size()", equalTo(0));
    }

    @Test
    void aReportNeedsATenant() {
        given().get("/v1/reports/receipts").then().statusCode(400).contentType("application/problem+json")
                .body("error.code", equalTo("TENANT_ID_MISSING"));
    }

    @ParameterizedTest
    @CsvSource({"tenant,../etc", "tenant,UPPER", "from,2026-02-30", "from,yesterday", "to,0", "limit,0", "limit,1001",
            "limit,ten", "limit,99999999999", "cursor,nonsense", "status,great", "kind,both", "from,2099-01-01", "from,1990-01-01",
            "to,+999999999-12-31"})
    void aWrongParameterIsNamed(String parameter, String value) {
        given().queryParams(parameter.equals("tenant") ? Map.of() : Map.of("tenant", "paged"))
                .queryParam(parameter, value).get("/v1/reports/receipts").then()
                .statusCode(400).contentType("application/problem+json")
                .body("error.code", equalTo("VALIDATION_ERROR"))
                .body("detail", containsString(parameter.equals("tenant") ? "tenant id" : ""));
    }

    @Test
    void aNulInAFilterIsRefused() {
        given().urlEncodingEnabled(false).get("/v1/reports/receipts?tenant=paged&gate=a%00b").then().statusCode(400);
    }

    @Test
    void metricsOpenApiAndSwaggerAreServed() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("zeroui_evidence_entries_total"))
                .body(containsString("zeroui_stream_lag_entries"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/reports/receipts/daily"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    private static Response page(int limit, String cursor) {
        var request = given().queryParams("tenant", "paged", "from", "2026-11-01", "to", "2026-11-30", "limit", limit);
        Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get("/v1/reports/receipts");
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }

    private static List<String> rows(Response page) {
        return page.jsonPath().<Object> getList("rows").stream().map(Object::toString).toList();
    }
}
