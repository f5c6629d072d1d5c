package io.zeroui.product.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.product.policy.release.SignedReleases;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is released over HTTP is what the roles of TUF sign. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class SignedPolicyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String tenant = "t-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;
    @Inject
    SignedReleases releases;

    @Test
    void aReleaseIsSignedAndARevocationTakesItOut() throws IOException {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        PolicyCaller author = PolicyCaller.everything(tenant);
        PolicyCaller other = PolicyCaller.everything(tenant);
        await().atMost(PATIENCE).until(() -> author.get("").extract().statusCode() == 200 && other.get("").extract().statusCode() == 200);
        author.approved("gate", "1.0", other);
        author.act("gate", "1.0", "release", Map.of("fail_mode", "closed")).statusCode(200).body("published", equalTo(true));

        ZuRoot root = PlaneResource.zuRoot().zuRoot();
        Path published = root.publishedPolicyFolder(Region.LOCAL, TenantId.of(tenant)).resolve("snapshots/gate/1.0.json");
        assertThat(published).hasSameBinaryContentAs(
                root.policySnapshot(Region.LOCAL, TenantId.of(tenant), new PolicyVersion("gate", "1.0")));
        assertThat(targets()).containsExactly("gate-1.0");

        author.act("gate", "1.0", "revocation", Map.of("reason", "wrong")).statusCode(200).body("published", equalTo(true));
        assertThat(targets()).isEmpty();
    }

    private List<String> targets() {
        return Objects.requireNonNull(Objects.requireNonNull(Objects.requireNonNull(releases.state(TenantId.of(tenant))).active()).targets())
                .targets().keySet().stream().map(PolicyVersion::id).toList();
    }
}
