package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How full Redis is; the shared plane's login alone may ask. */
@ApplicationScoped
public class RedisMemory {

    private static final long WHOLE = 1000;

    private final Redis redis;
    private final StreamsConfig config;

    RedisMemory(Redis redis, StreamsConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /**
     * Memory of Redis.
     *
     * @param usedBytes in use
     * @param mostBytes that it may use: its own limit, or the machine's memory where it has none
     */
    public record Usage(long usedBytes, long mostBytes) {

        /** The part that is in use, 1,000 for all of it. */
        public long permille() {
            return mostBytes <= 0 ? 0 : usedBytes / Math.max(1, mostBytes / WHOLE);
        }

        static Usage of(String info) {
            Map<String, Long> numbers = new HashMap<>();
            info.lines().map(line -> line.split(":", 2)).filter(parts -> parts.length == 2 && parts[1].matches("[0-9]{1,18}"))
                    .forEach(parts -> numbers.put(parts[0], Long.parseLong(parts[1])));
            Long used = numbers.get("used_memory");
            if (used == null) {
                throw new IllegalArgumentException("Redis does not say how much memory it uses");
            }
            long limit = numbers.getOrDefault("maxmemory", 0L);
            return new Usage(used, limit > 0 ? limit : numbers.getOrDefault("total_system_memory", 0L));
        }
    }

    /** What Redis says now; fails when it does not answer, or forbids the question. */
    public Uni<Usage> usage() {
        return redis.send(Request.cmd(Command.INFO).arg("memory"))
                .ifNoItem().after(config.timeout()).fail()
                .map(answer -> Usage.of(answer.toString()));
    }
}
