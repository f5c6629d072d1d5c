package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.planes.PlaneProcess;
import io.zeroui.testing.planes.RunningPlanes;
import java.util.List;

/**
 * What part of a lookup and of an ingested receipt at the edge is tenancy (transaction, settings, policies) and auth
 * (credential, permission). The base of each share is the edge's CPU time and its database's time for the same work.
 */
final class CostOfTenancy {

    private static final int RECEIPTS = 40_000;
    private static final int LOOKUPS = 100_000;

    private final RunningPlanes planes;
    private final Ledger ledger;
    private final SignedReceipts emitter;

    CostOfTenancy(RunningPlanes planes, Ledger ledger, SignedReceipts emitter) {
        this.planes = planes;
        this.ledger = ledger;
        this.emitter = emitter;
    }

    /** Adds the figures. Stops the services: what it inserts at the end has no lines behind it. */
    void measure(List<Figure> figures) throws Exception {
        Bench.say("what tenancy and auth cost: " + RECEIPTS + " receipts and " + LOOKUPS + " lookups with a recording");
        PlaneProcess edge = planes.service(Plane.IDE);
        ServiceProfile.Result ingest;
        try (ServiceProfile profile = ServiceProfile.start(edge)) {
            List<Figure> unused = new BulkIngest(planes, ledger).run(emitter.decisions("bench-repo", RECEIPTS));
            assert !unused.isEmpty();
            ingest = profile.stop();
        }
        SteadyRate rate = new SteadyRate(planes, ledger, LOOKUPS);
        SteadyRate.Item known = Bench.items(emitter, 1).get(0);
        rate.flood(List.of(known));
        ServiceProfile.Result lookup;
        try (ServiceProfile profile = ServiceProfile.start(edge)) {
            rate.read(known.id(), LOOKUPS);
            lookup = profile.stop();
        }
        planes.close();
        TenancyCost database = new TenancyCost(planes.runtime());
        add(figures, "lookup by id", lookup, LOOKUPS, database.lookup(known.id()));
        add(figures, "receipt ingested in bulk", ingest, RECEIPTS, database.insert());
    }

    private static void add(List<Figure> figures, String what, ServiceProfile.Result service, int count,
            TenancyCost.Micros database) {
        double cpu = service.cpuMicros() / count;
        double atEdge = service.tenancyMicros() / count;
        double tenancy = atEdge + database.added();
        double rest = cpu - atEdge + database.plain();
        Bench.say(("%s: edge %.0f us of CPU, %.0f us of it outside the kernel, %.1f %% of %d samples tenancy and auth, %.1f us; "
                + "database %.1f us alone, %.1f us for a tenant").formatted(what, cpu, cpu * service.userShare(),
                        100 * service.share(), service.samples(), atEdge, database.plain(), database.tenant()));
        figures.add(new Figure(what + ": without tenancy and auth", rest, "us"));
        figures.add(new Figure(what + ": tenancy and auth add", tenancy, "us"));
        figures.add(new Figure(what + ": tenancy and auth add", 100 * tenancy / rest, "%"));
    }
}
