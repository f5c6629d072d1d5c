package io.zeroui.product.policy;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One key of one tenant. */
public record PolicyCaller(String tenant, String key) {

    /** A new key with these permissions. */
    public static PolicyCaller of(String tenant, String... permissions) {
        String key = given().contentType("application/json")
                .body(Map.of("name", "k", "tenant_id", tenant, "permissions", List.of(permissions)))
                .post("/v1/credentials").then().statusCode(201).extract().path("key");
        return new PolicyCaller(tenant, key);
    }

    /** A new key that may do everything with policies. */
    public static PolicyCaller everything(String tenant) {
        return of(tenant, "policy:read", "policy:author", "policy:approve", "policy:release");
    }

    /** A request of that key. */
    public RequestSpecification request() {
        return given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", tenant).contentType("application/json");
    }

    /** Writes a version. */
    public ValidatableResponse draft(String id, String version, Object content) {
        return draft(new HashMap<>(Map.of("policy_id", id, "version", version, "type", "gate", "scope", "org", "enforcement", "warn",
                "content", content)));
    }

    /** Writes a version. */
    public ValidatableResponse draft(Map<String, Object> wish) {
        return request().body(wish).post("/v1/policies").then();
    }

    /** Does something to a version. */
    public ValidatableResponse act(String id, String version, String act, Map<String, Object> body) {
        return request().body(body).post("/v1/policies/" + id + "/versions/" + version + "/" + act).then();
    }

    /** Reads below the policies. */
    public ValidatableResponse get(String path) {
        return request().get("/v1/policies" + path).then();
    }

    /** Brings a version to where it can be released; the approver is somebody else. */
    public void approved(String id, String version, PolicyCaller approver) {
        draft(id, version, Map.of("max_findings", version.length())).statusCode(201);
        act(id, version, "submission", Map.of()).statusCode(200);
        approver.act(id, version, "approval", Map.of()).statusCode(200);
    }
}
