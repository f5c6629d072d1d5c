package io.zeroui.product.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.product.policy.release.SignedReleases;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is released over HTTP is what the roles of TUF sign. */
@QuarkusTest
@TestProfile(SignedPolicyIT.Keys.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class SignedPolicyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String tenant = "t-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;
    @Inject
    SignedReleases releases;

    /** Keys of the roles, made for the test. */
    public static final class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("policy-", ".keys",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Path written = Files.writeString(file, Stream.of("root", "targets", "snapshot", "timestamp")
                        .map(role -> role + "=" + UUID.nameUUIDFromBytes(role.getBytes(StandardCharsets.UTF_8)).toString()
                                .replace("-", "").repeat(2))
                        .collect(Collectors.joining("\n")));
                file.toFile().deleteOnExit();
                return Map.of("zeroui.policy.signing.keys", written.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

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
