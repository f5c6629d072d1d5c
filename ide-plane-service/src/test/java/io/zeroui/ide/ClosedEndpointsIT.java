package io.zeroui.ide;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.ClosedEndpointsContract;
import io.zeroui.testing.PlaneResource;

/** The endpoints of this plane are closed. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class ClosedEndpointsIT extends ClosedEndpointsContract {

    ClosedEndpointsIT() {
        super("POST /v1/receipts/bulk");
    }
}
