package io.zeroui.bench.vectors;

import io.zeroui.testing.RealRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Redis' vector set, on the runtime's own server as it is set up, with more memory. Vectors are kept in eight bits a component where that is
 * enough for the recall, else whole. Neighbours are looked for on threads of Redis, as it does by itself when it searches.
 */
final class RedisEngine implements Engine {

    private static final String KEY = "zeroui:bench:vectors";
    private static final ProtocolCommand ADD = () -> text("VADD");
    private static final ProtocolCommand SEARCH = () -> text("VSIM");
    private static final ProtocolCommand COUNT = () -> text("VCARD");
    private static final int TRIES_PER_CANDIDATE = 100;
    private static final Duration POLL = Duration.ofMillis(200);

    private final RealRuntime runtime;
    private final ShapedVectors data;
    private final String m;
    private final String efConstruction;
    private final String storage;

    /**
     * With an empty set.
     *
     * @param storage {@code Q8} or {@code NOQUANT}
     */
    RedisEngine(RealRuntime runtime, ShapedVectors data, int m, int efConstruction, String storage) {
        this.runtime = runtime;
        this.data = data;
        this.m = Integer.toString(m);
        this.efConstruction = Integer.toString(efConstruction);
        this.storage = storage;
        try (Jedis redis = runtime.redis()) {
            if (!redis.configSet("maxmemory", "4gb").equals("OK") || !redis.configSet("auto-aof-rewrite-percentage", "0").equals("OK")
                    || redis.del(KEY) > 0) {
                throw new IllegalStateException("Redis had a set of the bench already");
            }
        }
    }

    @Override
    public String name() {
        return "Redis " + (storage.equals("Q8") ? "(8 bits)" : "(float32)");
    }

    @Override
    public int writers() {
        return 2;
    }

    @Override
    public int batch() {
        return 100;
    }

    @Override
    public Writer writer() {
        Jedis redis = runtime.redis();
        return new Writer() {
            @Override
            public void write(int from, int to) {
                List<Object> added = new ArrayList<>();
                try (Pipeline pipeline = redis.pipelined()) {
                    for (int i = from; i < to; i++) {
                        pipeline.sendCommand(ADD, text(KEY), text("FP32"), bytes(data.vector(i)), text(Integer.toString(i)), text("CAS"),
                                text(storage), text("EF"), text(efConstruction), text("SETATTR"),
                                text("{\"tenant\":\"" + ShapedVectors.tenantName(data.tenant(i)) + "\"}"), text("M"), text(m));
                    }
                    added.addAll(pipeline.syncAndReturnAll());
                }
                added.forEach(one -> {
                    if (!Long.valueOf(1).equals(one)) {
                        throw new IllegalStateException("Redis did not take a vector: " + one);
                    }
                });
            }

            @Override
            public void close() {
                redis.close();
            }
        };
    }

    /** Waits until the file of what was written is not rewritten any more. */
    @Override
    public void settle(int size) {
        try (Jedis redis = runtime.redis()) {
            if (!Long.valueOf(size).equals(redis.sendCommand(COUNT, KEY))) {
                throw new IllegalStateException("Redis has not " + size + " vectors");
            }
            while (redis.info("persistence").contains("aof_rewrite_in_progress:1")) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    @Override
    public Caller caller(Asked asked) {
        Jedis redis = runtime.redis();
        byte[][][] requests = new byte[asked.questions().length][][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request(asked, i);
        }
        return new Caller() {
            @Override
            public int[] ask(int question) {
                List<?> answer = (List<?>) redis.sendCommand(SEARCH, requests[question]);
                int[] ids = new int[answer.size() / 2];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = Integer.parseInt(new String((byte[]) answer.get(2 * i), StandardCharsets.US_ASCII));
                }
                return ids;
            }

            @Override
            public void close() {
                redis.close();
            }
        };
    }

    private static byte[][] request(Asked asked, int question) {
        List<byte[]> request = new ArrayList<>(List.of(text(KEY), text("FP32"), bytes(asked.questions()[question]), text("WITHSCORES"),
                text("COUNT"), text(Integer.toString(Neighbours.WANTED)), text("EF"), text(Integer.toString(asked.effort()))));
        if (asked.tenant() >= 0) {
            request.addAll(List.of(text("FILTER"), text(".tenant == \"" + ShapedVectors.tenantName(asked.tenant()) + "\""), text("FILTER-EF"),
                    text(Integer.toString(asked.effort() * TRIES_PER_CANDIDATE))));
        }
        return request.toArray(byte[][]::new);
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float component : vector) {
            bytes.putFloat(component);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Removes the set. */
    @Override
    public void close() {
        try (Jedis redis = runtime.redis()) {
            if (redis.unlink(KEY) > 1) {
                throw new IllegalStateException("more than one key was removed");
            }
        }
    }
}
