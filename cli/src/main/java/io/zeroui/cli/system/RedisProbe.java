package io.zeroui.cli.system;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.zeroui.contracts.channels.ChannelCatalogue;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/** Asks Redis what it is, and whether the open stream {@code zeroui:events} takes and gives entries. */
public final class RedisProbe {

    private static final int TIMEOUT_MILLIS = 3000;

    private RedisProbe() {
    }

    /**
     * What Redis answered.
     *
     * @param endpoint host and port; empty when nothing says where it is
     * @param version its version; empty when it does not answer
     * @param cause why it does not answer; empty when it does
     */
    public record Answer(String endpoint, String version, String cause) {

        /** Whether it answers. */
        public boolean isUp() {
            return cause.isEmpty();
        }

        /** {@code up} or {@code down}. */
        public String state() {
            return isUp() ? "up" : "down";
        }
    }

    /** Never fails: a Redis that does not answer is an answer too. */
    public static Answer ask(RunningSystem system) {
        Optional<URI> url = system.redis();
        if (url.isEmpty()) {
            return new Answer("", "", "REDIS_URL is not set");
        }
        try (Jedis redis = connect(url.get())) {
            String pong = redis.ping();
            String version = redis.info("server").lines().filter(line -> line.startsWith("redis_version:")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("");
            return new Answer(endpoint(url.get()), version, "PONG".equals(pong) ? "" : "PING answered " + pong);
        } catch (JedisException e) {
            return new Answer(endpoint(url.get()), "", cause(e));
        }
    }

    /** Writes an entry to {@code zeroui:events}, reads it back and removes it. Empty when that went well, else the cause. */
    public static String tryEvents(RunningSystem system) {
        Optional<URI> url = system.redis();
        if (url.isEmpty()) {
            return "REDIS_URL is not set";
        }
        String stream = ChannelCatalogue.SMOKE_STREAM_KEY;
        Map<String, String> fields = Map.of("event_type", "smoke", "data", "{\"test\": true}");
        try (Jedis redis = connect(url.get())) {
            StreamEntryID id = redis.xadd(stream, StreamEntryID.NEW_ENTRY, fields);
            StreamEntryID before = id.getSequence() > 0 ? new StreamEntryID(id.getTime(), id.getSequence() - 1)
                    : new StreamEntryID(id.getTime() - 1, Long.MAX_VALUE);
            List<Map.Entry<String, List<StreamEntry>>> read = redis.xread(XReadParams.xReadParams().count(1),
                    Map.of(stream, before));
            redis.xdel(stream, id);
            boolean same = read != null && read.get(0).getValue().get(0).getFields().equals(fields);
            return same ? "" : "XREAD did not give back what XADD wrote";
        } catch (JedisException e) {
            return cause(e);
        }
    }

    private static Jedis connect(URI url) {
        return new Jedis(url, TIMEOUT_MILLIS);
    }

    private static String endpoint(URI url) {
        return url.getHost() + ":" + (url.getPort() < 0 ? 6379 : url.getPort());
    }

    private static String cause(JedisException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
