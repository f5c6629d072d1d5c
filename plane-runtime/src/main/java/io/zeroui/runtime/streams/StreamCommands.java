package io.zeroui.runtime.streams;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stream commands of Redis 7.0 and newer, as requests, and the shapes of their answers. */
final class StreamCommands {

    /** One entry as it is on the wire; {@code fields} is null for an entry that was deleted while pending. */
    record RawEntry(String id, @Nullable Map<String, byte[]> fields) {
    }

    private StreamCommands() {
    }

    static Request add(String key, Map<String, byte[]> fields) {
        Request request = Request.cmd(Command.XADD).arg(key).arg("*");
        fields.forEach((name, value) -> request.arg(name).arg(bytes(value)));
        return request;
    }

    /** Adds an entry; of all that are there the newest {@code most} stay, read or not. */
    static Request addToNewest(String key, int most, Map<String, byte[]> fields) {
        Request request = Request.cmd(Command.XADD).arg(key).arg("MAXLEN").arg("=").arg(most).arg("*");
        fields.forEach((name, value) -> request.arg(name).arg(bytes(value)));
        return request;
    }

    static Request createGroup(String key, String group) {
        return Request.cmd(Command.XGROUP).arg("CREATE").arg(key).arg(group).arg("0").arg("MKSTREAM");
    }

    /** At most {@code count} new entries of each stream, waiting up to {@code blockMillis} for the first; 0 does not wait. */
    static Request readNew(Collection<String> keys, String group, String consumer, int count, long blockMillis) {
        Request request = readGroup(group, consumer, count);
        if (blockMillis > 0) {
            request.arg("BLOCK").arg(blockMillis);
        }
        request.arg("STREAMS");
        keys.forEach(request::arg);
        keys.forEach(key -> request.arg(">"));
        return request;
    }

    /** Entries that this consumer was given before and did not acknowledge: at most {@code count} of each stream after an id. */
    static Request readPending(Map<String, String> afterByKey, String group, String consumer, int count) {
        Request request = readGroup(group, consumer, count).arg("STREAMS");
        afterByKey.keySet().forEach(request::arg);
        afterByKey.values().forEach(request::arg);
        return request;
    }

    private static Request readGroup(String group, String consumer, int count) {
        return Request.cmd(Command.XREADGROUP).arg("GROUP").arg(group).arg(consumer).arg("COUNT").arg(count);
    }

    static Request claim(String key, String group, String consumer, long idleMillis, String cursor, int count) {
        return Request.cmd(Command.XAUTOCLAIM).arg(key).arg(group).arg(consumer).arg(idleMillis).arg(cursor)
                .arg("COUNT").arg(count);
    }

    static Request acknowledge(String key, String group, List<String> ids) {
        Request request = Request.cmd(Command.XACK).arg(key).arg(group);
        ids.forEach(request::arg);
        return request;
    }

    static Request groups(String key) {
        return Request.cmd(Command.XINFO).arg("GROUPS").arg(key);
    }

    static Request pendingSummary(String key, String group) {
        return Request.cmd(Command.XPENDING).arg(key).arg(group);
    }

    static Request trimBefore(String key, String id) {
        return Request.cmd(Command.XTRIM).arg(key).arg("MINID").arg("=").arg(id);
    }

    static Request length(String key) {
        return Request.cmd(Command.XLEN).arg(key);
    }

    /** Entries of an XREADGROUP answer by the stream's key; none where the wait ended without any. */
    static Map<String, List<RawEntry>> readEntries(@Nullable Response answer) {
        Map<String, List<RawEntry>> byKey = new LinkedHashMap<>();
        if (answer == null || answer.size() == 0) {
            return byKey;
        }
        if (answer.getKeys() != null && !answer.getKeys().isEmpty()) {
            answer.getKeys().forEach(key -> byKey.put(key, entries(answer.get(key))));
        } else {
            answer.forEach(stream -> byKey.put(stream.get(0).toString(), entries(stream.get(1))));
        }
        return byKey;
    }

    /** Entries of an array of {@code [id, [field, value, …]]}. */
    static List<RawEntry> entries(Response list) {
        List<RawEntry> entries = new ArrayList<>(list.size());
        for (Response entry : list) {
            if (entry == null) {
                continue;
            }
            Response fields = entry.get(1);
            entries.add(new RawEntry(entry.get(0).toString(), fields == null ? null : fields(fields)));
        }
        return entries;
    }

    /** An answer that is a list of names and values, such as that of XINFO GROUPS. */
    static List<Map<String, Response>> list(Response answer) {
        List<Map<String, Response>> list = new ArrayList<>(answer.size());
        for (Response element : answer) {
            list.add(members(element));
        }
        return list;
    }

    /** An answer of names and values, as RESP2 list or RESP3 map. */
    static Map<String, Response> members(Response answer) {
        Map<String, Response> members = new LinkedHashMap<>();
        if (answer.getKeys() != null && !answer.getKeys().isEmpty()) {
            for (String key : answer.getKeys()) {
                members.put(key, answer.get(key));
            }
            return members;
        }
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            members.put(answer.get(i).toString(), answer.get(i + 1));
        }
        return members;
    }

    private static Map<String, byte[]> fields(Response fields) {
        Map<String, byte[]> byName = new LinkedHashMap<>();
        if (fields.getKeys() != null && !fields.getKeys().isEmpty()) {
            for (String key : fields.getKeys()) {
                byName.put(key, content(fields.get(key)));
            }
            return byName;
        }
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byName.put(fields.get(i).toString(), content(fields.get(i + 1)));
        }
        return byName;
    }

    private static byte[] content(Response value) {
        return value.toBuffer().getDelegate().getBytes();
    }

    private static io.vertx.mutiny.core.buffer.Buffer bytes(byte[] value) {
        return io.vertx.mutiny.core.buffer.Buffer.newInstance(Buffer.buffer(value));
    }
}
