package io.zeroui.runtime.limits;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Numbers in the plane's private keys {@code zeroui:{plane}:limits:*}, with commands that the plane's login has on them.
 * The clock is what is left of the life of one key: so it is Redis's own, wherever an instance runs.
 */
final class RedisCounters implements SharedCounters {

    /** About 31 years: how long the clock runs. */
    private static final long CLOCK_MILLIS = 1_000_000_000_000L;

    private final Redis redis;
    private final String prefix;

    RedisCounters(Redis redis, Plane plane) {
        this.redis = redis;
        this.prefix = ChannelCatalogue.privateKeyPrefix(plane) + "limits:";
    }

    @Override
    public Uni<Added> add(String name, long nanos, long keepMillis) {
        String clock = prefix + "clock";
        String key = prefix + name;
        return redis.batch(List.of(
                Request.cmd(Command.SET).arg(clock).arg("1").arg("NX").arg("PX").arg(CLOCK_MILLIS),
                Request.cmd(Command.PTTL).arg(clock),
                keepLonger(key, keepMillis),
                Request.cmd(Command.INCRBY).arg(key).arg(nanos),
                keepAtAll(key, keepMillis)))
                .map(answers -> new Added(nanosOfClock(answers.get(1).toLong()), answers.get(3).toLong()));
    }

    @Override
    public Uni<Void> correct(String name, long nanos, long keepMillis) {
        String key = prefix + name;
        return redis.batch(List.of(keepLonger(key, keepMillis),
                Request.cmd(Command.INCRBY).arg(key).arg(nanos),
                keepAtAll(key, 1)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> replace(String name, long value, long keepMillis) {
        return redis.send(Request.cmd(Command.SET).arg(prefix + name).arg(value).arg("PX").arg(keepMillis))
                .replaceWithVoid();
    }

    private static Request keepLonger(String key, long millis) {
        return Request.cmd(Command.PEXPIRE).arg(key).arg(millis).arg("GT");
    }

    private static Request keepAtAll(String key, long millis) {
        return Request.cmd(Command.PEXPIRE).arg(key).arg(millis).arg("NX");
    }

    private static long nanosOfClock(long millisLeft) {
        return TimeUnit.MILLISECONDS.toNanos(2 * CLOCK_MILLIS - millisLeft);
    }
}
