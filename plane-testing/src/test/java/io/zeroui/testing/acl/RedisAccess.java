package io.zeroui.testing.acl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing to try on a key: the command and its arguments; {@code KEY} stands for the key, {@code OTHER} for another one. */
enum RedisAccess {
    XADD("XADD", "KEY", "*", "n", "1"),
    XLEN("XLEN", "KEY"),
    XREADGROUP("XREADGROUP", "GROUP", "matrix", "me", "STREAMS", "KEY", ">"),
    XREADGROUP_OF_TWO("XREADGROUP", "GROUP", "matrix", "me", "STREAMS", "KEY", "OTHER", ">", ">"),
    XREAD("XREAD", "STREAMS", "KEY", "0"),
    XRANGE("XRANGE", "KEY", "-", "+"),
    XREVRANGE("XREVRANGE", "KEY", "+", "-"),
    XACK("XACK", "KEY", "matrix", "0-1"),
    XPENDING("XPENDING", "KEY", "matrix"),
    XAUTOCLAIM("XAUTOCLAIM", "KEY", "matrix", "me", "0", "0-0"),
    XCLAIM("XCLAIM", "KEY", "matrix", "me", "0", "0-1"),
    XTRIM("XTRIM", "KEY", "MINID", "=", "0-1"),
    XDEL("XDEL", "KEY", "0-1"),
    XSETID("XSETID", "KEY", "9999999999999-0"),
    XGROUP_CREATE("XGROUP", "CREATE", "KEY", "matrix", "0", "MKSTREAM"),
    XGROUP_SETID("XGROUP", "SETID", "KEY", "matrix", "0"),
    XGROUP_DESTROY("XGROUP", "DESTROY", "KEY", "nobody"),
    XINFO_GROUPS("XINFO", "GROUPS", "KEY"),
    XINFO_STREAM("XINFO", "STREAM", "KEY", "FULL"),
    GET("GET", "KEY"),
    SET("SET", "KEY", "1"),
    INCRBY("INCRBY", "KEY", "1"),
    EXPIRE("EXPIRE", "KEY", "1000"),
    PEXPIRE("PEXPIRE", "KEY", "1000000"),
    TTL("TTL", "KEY"),
    PTTL("PTTL", "KEY"),
    HSET("HSET", "KEY", "a", "1"),
    HGETALL("HGETALL", "KEY"),
    DEL("DEL", "KEY"),
    UNLINK("UNLINK", "KEY"),
    RENAME("RENAME", "KEY", "OTHER"),
    RENAME_TO("RENAME", "OTHER", "KEY"),
    COPY("COPY", "KEY", "OTHER"),
    COPY_TO("COPY", "OTHER", "KEY"),
    DUMP("DUMP", "KEY"),
    EXISTS("EXISTS", "KEY"),
    TYPE("TYPE", "KEY"),
    SORT("SORT", "KEY"),
    OBJECT("OBJECT", "ENCODING", "KEY"),
    MEMORY("MEMORY", "USAGE", "KEY"),
    EVAL("EVAL", "return redis.call('TYPE', KEYS[1])", "1", "KEY");

    /** Things that name no key; nobody but an operator may do any of them. */
    static final List<List<String>> WITHOUT_KEY = List.of(List.of("KEYS", "*"), List.of("SCAN", "0"),
            List.of("CONFIG", "GET", "*"), List.of("CONFIG", "SET", "maxclients", "1000"), List.of("EVAL", "return 1", "0"),
            List.of("SCRIPT", "LOAD", "return 1"), List.of("FUNCTION", "LIST"), List.of("ACL", "LIST"),
            List.of("ACL", "WHOAMI"), List.of("ACL", "SETUSER", "default", "+@all"), List.of("PUBLISH", "c", "m"),
            List.of("PUBSUB", "CHANNELS"), List.of("DBSIZE"), List.of("RANDOMKEY"), List.of("INFO"), List.of("COMMAND"),
            List.of("CLIENT", "LIST"), List.of("CLIENT", "KILL", "ID", "0"), List.of("SLOWLOG", "GET"), List.of("SELECT", "1"),
            List.of("SWAPDB", "0", "1"), List.of("BGSAVE"), List.of("MODULE", "LIST"),
            List.of("REPLICAOF", "NO", "ONE"), List.of("WAIT", "0", "1"), List.of("MULTI"), List.of("FLUSHDB"),
            List.of("FLUSHALL"));

    private final List<String> words;

    RedisAccess(String... words) {
        this.words = List.of(words);
    }

    /** The command and its arguments on these keys. */
    List<String> on(String key, String other) {
        return words.stream().map(word -> word.equals("KEY") ? key : word.equals("OTHER") ? other : word).toList();
    }

    /** All of them on one key, by name. */
    static Map<RedisAccess, List<String>> allOn(String key, String other) {
        Map<RedisAccess, List<String>> all = new LinkedHashMap<>();
        for (RedisAccess access : values()) {
            all.put(access, access.on(key, other));
        }
        return all;
    }
}
