package io.zeroui.product.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.product.reports.ProductRuntime;
import io.zeroui.product.vectors.placement.PlacementKeeper;
import io.zeroui.product.vectors.watch.RecallKeeper;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many searches of many tenants: no foreign point, no short answer, exact ones exact, the others nearly. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class RandomSearchIT {

    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Searches searches;
    @Inject
    PlacementKeeper keeper;
    @Inject
    RecallKeeper recalls;
    @Inject
    DatabaseSchema schema;

    @Test
    void twentyThousandSearchesOfSixtyTenants() throws Exception {
        run("r-", 60, 3_000, 20_000);
    }

    @Test
    @Tag("long")
    void aMillionSearchesOfTwoHundredTenants() throws Exception {
        run("l-", 200, 20_000, 1_000_000);
    }

    private void run(String prefix, int tenants, int most, int count) throws Exception {
        assertThat(schema.whenReady().await().atMost(VectorWorld.PATIENCE)).isNotEmpty();
        SearchScenario scenario = new SearchScenario(collections, points, searches, keeper);
        scenario.fill(prefix, tenants, most);
        scenario.search("all", count);
        scenario.searchDuringWrites(count / 40);
        ProductRuntime.RUNTIME.kill(RuntimePart.PRODUCT);
        ProductRuntime.RUNTIME.start(RuntimePart.PRODUCT);
        await().atMost(VectorWorld.PATIENCE).until(() -> schema.answers().await().atMost(VectorWorld.PATIENCE));
        scenario.search("after a restart", count / 40);
        recalls.compare().await().atMost(VectorWorld.PATIENCE);
        assertThat(io.restassured.RestAssured.given().get("/q/metrics").asString()).contains("zeroui_vectors_recall", "zeroui_vectors_searches");
    }
}
