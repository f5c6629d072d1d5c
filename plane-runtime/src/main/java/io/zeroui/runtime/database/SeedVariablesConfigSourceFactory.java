package io.zeroui.runtime.database;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.zeroui.contracts.Plane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns the variables of the runtime document into the settings of the drivers. Only the variables of the service's own
 * plane are read: another plane's URL in the environment has no effect.
 */
public final class SeedVariablesConfigSourceFactory implements ConfigSourceFactory {

    /** Above application.properties (250), below the environment (300): an explicit setting wins. */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String plane = value(context, "zeroui.plane");
        if (plane == null) {
            return List.of();
        }
        Plane own = Plane.ofKey(plane);
        Map<String, String> settings = new HashMap<>();
        database(context, own, settings);
        redis(context, own, settings);
        copy(context, own.databasesVariable(), "zeroui.homes.databases", settings);
        copy(context, "ZU_ROOT", "zeroui.fabric.root", settings);
        copy(context, own.httpPortVariable(), "quarkus.http.port", settings);
        copy(context, "ZEROUI_HTTP_HOST", "quarkus.http.host", settings);
        copy(context, "ZEROUI_ADMIN_KEY_HASH", "zeroui.security.admin-key-hash", settings);
        copy(context, "ZEROUI_JWT_ISSUER", "zeroui.security.jwt.issuer", settings);
        copy(context, "ZEROUI_JWT_AUDIENCE", "zeroui.security.jwt.audience", settings);
        copy(context, "ZEROUI_JWT_KEYS", "zeroui.security.jwt.keys", settings);
        return List.of(new PropertiesConfigSource(settings, "ZeroUI variables", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static void database(ConfigSourceContext context, Plane own, Map<String, String> settings) {
        String variable = own.databaseUrlVariable();
        String url = value(context, variable);
        if (url != null) {
            DatabaseUrl parsed = DatabaseUrl.parse(variable, url);
            settings.put("quarkus.datasource.reactive.url", parsed.reactiveUrl());
            settings.put("quarkus.datasource.username", parsed.user());
            settings.put("quarkus.datasource.password", parsed.password());
        }
        String migrationVariable = own.migrationUrlVariable();
        String migrationUrl = value(context, migrationVariable);
        if (migrationUrl != null) {
            DatabaseUrl parsed = DatabaseUrl.parse(migrationVariable, migrationUrl);
            settings.put("zeroui.database.migration.jdbc-url", parsed.jdbcUrl());
            settings.put("zeroui.database.migration.user", parsed.user());
            settings.put("zeroui.database.migration.password", parsed.password());
        }
    }

    private static void redis(ConfigSourceContext context, Plane own, Map<String, String> settings) {
        String ownUrl = value(context, own.redisUrlVariable());
        String url = ownUrl == null ? value(context, "REDIS_URL") : ownUrl;
        if (url != null) {
            settings.put("quarkus.redis.hosts", url);
            settings.put("quarkus.redis.streams.hosts", url);
        }
    }

    private static void copy(ConfigSourceContext context, String variable, String property,
            Map<String, String> settings) {
        String value = value(context, variable);
        if (value != null) {
            settings.put(property, value);
        }
    }

    private static @Nullable String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        String text = value == null ? null : value.getValue();
        return text == null || text.isBlank() ? null : text;
    }
}
