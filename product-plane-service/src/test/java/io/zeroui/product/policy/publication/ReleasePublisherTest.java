package io.zeroui.product.policy.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.product.policy.registry.FixedConfig;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.registry.RegistryFolders;
import io.zeroui.product.policy.registry.RegistryLock;
import io.zeroui.product.policy.registry.SnapshotSigner;
import io.zeroui.product.policy.release.ReleasedPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ended between an act and its publication: the next one publishes. */
class ReleasePublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TenantId ACME = TenantId.of("acme");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");

    @TempDir
    Path folder;

    @Test
    void everyTenantIsPublishedAfterTheStartUntilItSucceeds() throws Exception {
        FixedConfig config = new FixedConfig("cd".repeat(32));
        RegistryFolders folders = new RegistryFolders(new ZuRoot(folder), Region.LOCAL);
        PolicyRegistry registry = new PolicyRegistry(folders, new RegistryLock(folders));
        registry.draft(ACME, ONE, "key:a", "", new PolicyLabels("gate", "org", Enforcement.WARN), JsonNodeFactory.instance.objectNode(),
                new SnapshotSigner(config, folders));
        registry.act(ACME, ONE, "key:a", "", new Deed.Submitted());
        registry.act(ACME, ONE, "key:b", "", new Deed.Approved());
        registry.act(ACME, ONE, "key:b", "", new Deed.Released(Rollout.everyone(), FailMode.OPEN));
        AtomicInteger attempts = new AtomicInteger();
        List<List<ReleasedPolicy>> told = new CopyOnWriteArrayList<>();
        ReleasePublisher publisher = new ReleasePublisher(registry, config, Optional.of((tenant, all) -> {
            if (attempts.incrementAndGet() < 4) {
                return Uni.createFrom().failure(new IllegalStateException("not now"));
            }
            told.add(all);
            return Uni.createFrom().voidItem();
        }));
        assertThat(publisher.isStarted()).isFalse();

        publisher.start();
        await().atMost(PATIENCE).until(() -> told.size() == 1);
        assertThat(told.get(0)).extracting(ReleasedPolicy::id).containsExactly(ONE);
        await().atMost(PATIENCE).until(() -> publisher.unpublished().isEmpty() && publisher.isStarted());

        registry.act(ACME, ONE, "key:b", "stolen", new Deed.Revoked());
        assertThat(publisher.publish(ACME).await().atMost(PATIENCE)).isTrue();
        assertThat(told.get(1)).isEmpty();
        publisher.stop();
    }

    @Test
    void withoutAPublisherThatIsSaid() throws Exception {
        RegistryFolders folders = new RegistryFolders(new ZuRoot(folder), Region.LOCAL);
        ReleasePublisher publisher = new ReleasePublisher(new PolicyRegistry(folders, new RegistryLock(folders)), new FixedConfig("cd".repeat(32)),
                Optional.empty());
        publisher.start();
        assertThat(publisher.publish(ACME).await().atMost(PATIENCE)).isFalse();
        assertThat(publisher.unpublished()).singleElement().satisfies(one -> assertThat(one.failure()).contains("nothing in this service"));
        publisher.stop();
    }
}
