package io.zeroui.product.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.Plane;
import io.zeroui.product.reports.ProductRuntime;
import io.zeroui.product.vectors.placement.PlacementKeeper;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.Prerequisite;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same through a connection pool that gives a session to another client after each transaction. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(PooledSearchIT.Pooled.class)
class PooledSearchIT {

    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Searches searches;
    @Inject
    PlacementKeeper keeper;
    @Inject
    DatabaseSchema schema;

    /** The product plane whose serving login comes through the pool. */
    public static final class Pooled implements QuarkusTestResourceLifecycleManager {

        private final PlaneResource plane = new PlaneResource();

        @Override
        public Map<String, String> start() {
            plane.init(Map.of("plane", "product"));
            Map<String, String> settings = new HashMap<>(plane.start());
            ProductRuntime.RUNTIME.pooledUrl(Plane.PRODUCT).ifPresent(url -> settings.put("ZEROUI_PRODUCT_DB_URL", url));
            return settings;
        }

        @Override
        public void stop() {
            plane.stop();
        }
    }

    @Test
    void searchesAreTheSameThroughAPool() throws Exception {
        Prerequisite.require(ProductRuntime.RUNTIME.pooledUrl(Plane.PRODUCT).isPresent(), "this runtime has no connection pool");
        assertThat(schema.whenReady().await().atMost(VectorWorld.PATIENCE)).isNotEmpty();
        SearchScenario scenario = new SearchScenario(collections, points, searches, keeper);
        scenario.fill("pool-", 12, 1_500);
        scenario.search("through a pool", 2_000);
        scenario.searchDuringWrites(400);
    }
}
