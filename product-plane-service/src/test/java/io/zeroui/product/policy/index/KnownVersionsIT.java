package io.zeroui.product.policy.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.policy.PolicyCaller;
import io.zeroui.product.policy.RecordedReleases;
import io.zeroui.product.policy.registry.PolicyConfig;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.registry.RegistryFolders;
import io.zeroui.product.policy.registry.RegistryLock;
import io.zeroui.product.reports.VersionNames;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which names of versions are known, also at an instance that cannot read the registry because another one writes it. */
@QuarkusTest
@TestProfile(RecordedReleases.Profile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class KnownVersionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> NAMED = Set.of("merge-gate-1.0", "merge-gate-2.0", "made-up-1");

    private final String tenant = "t-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;
    @Inject
    VersionNames names;
    @Inject
    PolicyIndexStore store;
    @Inject
    RegistryFolders folders;
    @Inject
    PolicyConfig config;

    @Test
    void namesAreThoseOfTheTenantsVersions() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        PolicyCaller author = PolicyCaller.everything(tenant);
        await().atMost(PATIENCE).until(() -> author.get("").extract().statusCode() == 200);
        author.draft("merge-gate", "1.0", Map.of("v", "1.0")).statusCode(201);
        assertThat(known(names, tenant)).containsExactly("merge-gate-1.0");
        assertThat(known(names, "other-" + tenant)).isEmpty();

        VersionNames other = new KnownVersions(new PolicyRegistry(folders, new RegistryLock(folders)), store, config);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(known(other, tenant)).containsExactly("merge-gate-1.0"));
        assertThat(known(other, "other-" + tenant)).isEmpty();
    }

    private static Set<String> known(VersionNames names, String tenant) {
        return names.known(TenantId.of(tenant), NAMED).await().atMost(PATIENCE);
    }
}
