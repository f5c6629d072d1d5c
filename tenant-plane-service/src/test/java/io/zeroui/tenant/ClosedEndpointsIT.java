package io.zeroui.tenant;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.ClosedEndpointsContract;
import io.zeroui.testing.PlaneResource;

/** The endpoints of this plane are closed. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ClosedEndpointsIT extends ClosedEndpointsContract {

    ClosedEndpointsIT() {
        super("GET /v1/evidence/receipts/x", "POST /v1/evidence/search", "POST /v1/evidence/aggregate",
                "GET /v1/evidence/receipts/x/chain", "POST /v1/evidence/receipts/chain-query", "POST /v1/evidence/receipts/ledger-query", "POST /v1/evidence/receipts",
                "POST /v1/evidence/receipts/bulk", "POST /v1/evidence/receipts/courier-batch",
                "POST /v1/evidence/verify_range", "GET /v1/evidence/access", "GET /v1/evidence/config",
                "GET /v1/evidence/metrics", "GET /v1/evidence/health", "GET /v1/evidence/courier-batches", "GET /v1/evidence/courier-batches/x",
                "GET /v1/evidence/courier-batches/x/merkle-proof", "POST /v1/evidence/export", "GET /v1/evidence/export",
                "GET /v1/evidence/export/x", "DELETE /v1/evidence/export/x", "GET /v1/evidence/export/x/file");
    }
}
