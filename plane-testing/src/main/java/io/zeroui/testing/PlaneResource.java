package io.zeroui.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.zeroui.contracts.Plane;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives a Quarkus test its plane's real database and a real Redis, both empty, and an empty {@code ZU_ROOT}:
 *
 * <pre>
 * {@code
 * &#64;QuarkusTest
 * @WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
 * }
 * </pre>
 *
 * <p>
 * Arguments: {@code plane} (required), {@code keep=true} (neither database nor Redis is emptied). The service finds
 * {@code ZEROUI_{PLANE}_DB_URL}, {@code ZEROUI_{PLANE}_DB_MIGRATION_URL}, {@code REDIS_URL} (its plane's own login) and {@code ZU_ROOT} in its
 * configuration, and the hash of {@link TestCredentials#administrator()}, whose key RestAssured sends with every request
 * unless a test says otherwise. The test takes the rest from {@link RealRuntime#with} and the fabric from {@link #zuRoot()}.
 */
public final class PlaneResource implements QuarkusTestResourceLifecycleManager {

    private static @Nullable TempZuRoot current;

    private Plane plane = Plane.IDE;
    private boolean keep;
    private @Nullable TempZuRoot zuRoot;

    /** For Quarkus. */
    public PlaneResource() {
    }

    /**
     * The storage fabric of the application under test.
     *
     * @throws IllegalStateException when no application runs with this resource
     */
    public static TempZuRoot zuRoot() {
        TempZuRoot running = current;
        if (running == null) {
            throw new IllegalStateException("no application runs with PlaneResource");
        }
        return running;
    }

    @Override
    public void init(Map<String, String> arguments) {
        String name = arguments.get("plane");
        if (name == null) {
            throw new IllegalArgumentException("PlaneResource wants the argument plane, for example plane=ide");
        }
        plane = Plane.valueOf(name.toUpperCase(Locale.ROOT));
        keep = Boolean.parseBoolean(arguments.get("keep"));
    }

    @Override
    public Map<String, String> start() {
        RealRuntime runtime = RealRuntime.with(RuntimePart.of(plane), RuntimePart.REDIS);
        if (!keep) {
            runtime.resetDatabase(plane);
            runtime.flushRedis();
        }
        TempZuRoot fabric = TempZuRoot.create();
        zuRoot = fabric;
        current = fabric;
        Map<String, String> settings = new TreeMap<>();
        settings.put("ZEROUI_" + plane.name() + "_DB_URL", runtime.databaseUrl(plane));
        settings.put("ZEROUI_" + plane.name() + "_DB_MIGRATION_URL", runtime.migrationUrl(plane));
        settings.put("REDIS_URL", runtime.redisUrl(plane));
        settings.put(plane.redisUrlVariable(), runtime.redisUrl(plane));
        settings.put("ZU_ROOT", fabric.path().toString());
        settings.put("quarkus.http.test-port", "0");
        settings.put(TestCredentials.VARIABLE, TestCredentials.administratorHash());
        if (plane == Plane.TENANT || plane == Plane.IDE) {
            settings.put(PolicyFiles.ROOT_VARIABLE, PolicyFiles.root(fabric).toString());
            settings.put(BundleKeys.VARIABLE, BundleKeys.file().toString());
        }
        if (plane == Plane.SHARED) {
            settings.put(RulingsFiles.KEY_VARIABLE, RulingsFiles.key().toString());
        }
        if (plane == Plane.TENANT || plane == Plane.PRODUCT) {
            settings.put(RulingsFiles.TRUST_VARIABLE, RulingsFiles.trust().toString());
        }
        if (plane == Plane.TENANT) {
            settings.put(TestCredentials.LOG_KEY_VARIABLE, TestCredentials.logKey());
        }
        if (plane == Plane.PRODUCT) {
            settings.put(TestCredentials.WITNESS_KEY_VARIABLE, TestCredentials.witnessKey());
            settings.put(TestCredentials.SNAPSHOT_KEY_VARIABLE, TestCredentials.snapshotKey());
            settings.put(PolicyFiles.KEYS_VARIABLE, PolicyFiles.newKeys().toString());
        }
        RestAssured.replaceFiltersWith(PlaneResource::authorise);
        return settings;
    }

    @Override
    public void stop() {
        RestAssured.replaceFiltersWith(List.of());
        TempZuRoot fabric = zuRoot;
        if (fabric != null) {
            fabric.close();
        }
    }

    /** A filter and no request specification: that would fix the port before the service has one. */
    private static Response authorise(FilterableRequestSpecification request, FilterableResponseSpecification response,
            FilterContext context) {
        if (!request.getHeaders().hasHeaderWithName("Authorization")) {
            request.header("Authorization", TestCredentials.authorization());
        }
        return context.next(request, response);
    }
}
