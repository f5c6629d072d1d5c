package io.zeroui.contracts;

import java.util.Locale;

/** One of the four planes: one service, one database, one part of {@code ZU_ROOT}. */
public enum Plane {
    IDE,
    TENANT,
    PRODUCT,
    SHARED;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The plane's name in paths, stream names and configuration, for example {@code ide}. */
    public String key() {
        return key;
    }

    /** The environment variable with the serving login's database URL, for example {@code ZEROUI_IDE_DB_URL}. */
    public String databaseUrlVariable() {
        return "ZEROUI_" + name() + "_DB_URL";
    }

    /** The environment variable with the owner login's database URL, used for migrations only. */
    public String migrationUrlVariable() {
        return "ZEROUI_" + name() + "_DB_MIGRATION_URL";
    }

    /** The environment variable with the file that names the databases of tenants which have one of their own. */
    public String databasesVariable() {
        return "ZEROUI_" + name() + "_DATABASES";
    }

    /** The environment variable with the Redis URL of this plane alone; it wins over {@code REDIS_URL}. */
    public String redisUrlVariable() {
        return "ZEROUI_" + name() + "_REDIS_URL";
    }

    /** The environment variable with the port that the plane's service listens on. */
    public String httpPortVariable() {
        return "ZEROUI_" + name() + "_HTTP_PORT";
    }

    /**
     * The plane with the given key.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Plane ofKey(String key) {
        for (Plane plane : values()) {
            if (plane.key.equals(key)) {
                return plane;
            }
        }
        throw new IllegalArgumentException("no such plane: " + key);
    }
}
