package io.zeroui.system;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.planes.RunningPlanes;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Something that goes wrong, and its end. */
enum Fault {
    KILL_IDE(planes -> planes.service(Plane.IDE).kill(), RunningPlanes::awaitReady),
    KILL_TENANT(planes -> planes.service(Plane.TENANT).kill(), RunningPlanes::awaitReady),
    KILL_PRODUCT(planes -> planes.service(Plane.PRODUCT).kill(), RunningPlanes::awaitReady),
    KILL_SHARED(planes -> planes.service(Plane.SHARED).kill(), RunningPlanes::awaitReady),
    STOP_IDE_DATABASE(planes -> planes.runtime().stop(RuntimePart.IDE), planes -> planes.runtime().start(RuntimePart.IDE)),
    KILL_TENANT_DATABASE(planes -> planes.runtime().kill(RuntimePart.TENANT),
            planes -> planes.runtime().start(RuntimePart.TENANT)),
    STOP_PRODUCT_DATABASE(planes -> planes.runtime().stop(RuntimePart.PRODUCT),
            planes -> planes.runtime().start(RuntimePart.PRODUCT)),
    KILL_REDIS(planes -> planes.runtime().kill(RuntimePart.REDIS), planes -> planes.runtime().start(RuntimePart.REDIS)),
    FLUSH_REDIS(planes -> planes.runtime().flushRedis(), planes -> {
    });

    /** The kills of a service that must never lose a receipt. */
    private static final List<Fault> KILLS = List.of(KILL_IDE, KILL_TENANT, KILL_PRODUCT, KILL_SHARED);

    private final Consumer<RunningPlanes> begin;
    private final Consumer<RunningPlanes> end;

    Fault(Consumer<RunningPlanes> begin, Consumer<RunningPlanes> end) {
        this.begin = begin;
        this.end = end;
    }

    void begin(RunningPlanes planes) {
        begin.accept(planes);
    }

    void end(RunningPlanes planes) {
        end.accept(planes);
    }

    /** A kill of any service; the first two of a series are those that hold receipts. */
    static Fault kill(int round, Random random) {
        return round < KILLS.size() ? KILLS.get(round) : KILLS.get(random.nextInt(KILLS.size()));
    }

    /** What happens to databases and Redis, in turn. */
    static List<Fault> outages() {
        return List.of(STOP_IDE_DATABASE, KILL_TENANT_DATABASE, STOP_PRODUCT_DATABASE, KILL_REDIS, FLUSH_REDIS);
    }
}
