package io.zeroui.product;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.ClosedEndpointsContract;
import io.zeroui.testing.PlaneResource;

/** The endpoints of this plane are closed. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class ClosedEndpointsIT extends ClosedEndpointsContract {

    ClosedEndpointsIT() {
        super("GET /v1/reports/receipts", "GET /v1/witness/vkey", "GET /v1/witness/logs", "POST /v1/witness/logs/x/accept-key");
    }
}
