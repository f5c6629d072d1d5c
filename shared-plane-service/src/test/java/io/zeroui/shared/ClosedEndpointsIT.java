package io.zeroui.shared;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.ClosedEndpointsContract;
import io.zeroui.testing.PlaneResource;

/** The endpoints of this plane are closed. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class ClosedEndpointsIT extends ClosedEndpointsContract {

    ClosedEndpointsIT() {
        super("GET /v1/telemetry/planes", "POST /v1/evaluations/imports", "GET /v1/evaluations/comparison");
    }
}
