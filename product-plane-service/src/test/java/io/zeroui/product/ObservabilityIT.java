package io.zeroui.product;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.metrics.ObservabilityContract;

/** Rules and dashboards ask this plane for what it has. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class ObservabilityIT extends ObservabilityContract {

    ObservabilityIT() {
        super("product");
    }
}
