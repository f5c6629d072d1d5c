package io.zeroui.testing.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.RedisAcl;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import redis.clients.jedis.Jedis;

/** Every login times every key times every command, on the real Redis. */
class RedisAclIT {

    private static final String USER = "matrix";
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.REDIS);

    private final Jedis operator = RUNTIME.redis();

    @AfterEach
    void forget() {
        operator.flushAll();
        operator.aclDelUser(USER);
        operator.close();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void aPlanesLoginDoesWhatTheCatalogueSaysAndNothingElse(Plane plane) {
        AccessMatrix matrix = AccessMatrix.ofPlane(plane);

        assertThat(matrix.size()).isGreaterThan(1000);
        try (Jedis login = new Jedis(URI.create(RUNTIME.redisUrl(plane)))) {
            assertThat(matrix.violations(operator, login)).isEmpty();
        }
    }

    @Test
    void anEdgesLoginWritesItsTenantsReceiptsAndReadsItsOwnAcknowledgementsOnly() {
        assertThat(violations(AccessMatrix.ofEdge(), RedisAcl.edge(AccessMatrix.OWN_TENANT, AccessMatrix.OWN_EDGE).rules()))
                .isEmpty();
    }

    @Test
    void theLoginOfAnEdgeIsNotThatOfThePlane() {
        assertThat(violations(AccessMatrix.ofEdge(), RedisAcl.of(Plane.IDE).rules()))
                .anyMatch(found -> found.contains("zeroui:ide-receipts:tenant-other"))
                .anyMatch(found -> found.contains("zeroui:ide-receipts:_"))
                .anyMatch(found -> found.contains("zeroui:tenant-receipt-acks:tenant-own:edge-other"))
                .anyMatch(found -> found.contains("zeroui:ide:counter"));
    }

    @Test
    void theMatrixNoticesTheLoginOfAnotherTenantsEdgeAndOfAnotherEdge() {
        assertThat(violations(AccessMatrix.ofEdge(), RedisAcl.edge(AccessMatrix.OTHER_TENANT, AccessMatrix.OWN_EDGE).rules()))
                .contains("XADD zeroui:ide-receipts:tenant-other * n 1 passes, must be refused",
                        "XADD zeroui:ide-receipts:tenant-own * n 1 is refused, must pass");
        assertThat(violations(AccessMatrix.ofEdge(), RedisAcl.edge(AccessMatrix.OWN_TENANT, AccessMatrix.OTHER_EDGE).rules()))
                .contains("XLEN zeroui:tenant-receipt-acks:tenant-own:edge-other passes, must be refused",
                        "XLEN zeroui:tenant-receipt-acks:tenant-own:edge-own is refused, must pass")
                .noneMatch(found -> found.contains("zeroui:ide-receipts:"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "zeroui:*", "*" })
    void theMatrixNoticesAWidenedKeyPatternInAnySelector(String pattern) {
        forEachSelector(Plane.TENANT, rule -> rule.replaceAll("~[^ )]+", "~" + pattern),
                found -> assertThat(found).isNotEmpty().allMatch(violation -> violation.endsWith("must be refused")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "+@all", "+xread", "+xinfo", "+del", "+@read" })
    void theMatrixNoticesAFurtherCommandInAnySelector(String command) {
        String more = "(" + command + " ";
        forEachSelector(Plane.TENANT, rule -> rule.replace("(", rule.contains("+del") ? "(+@all " : more)
                .replaceAll("%[RW]~", "~"), found -> assertThat(found).as(command).isNotEmpty());
    }

    @Test
    void theMatrixNoticesWhatIsMissing() {
        List<String> rules = RedisAcl.of(Plane.TENANT).rules();
        for (String selector : rules.stream().filter(rule -> rule.startsWith("(")).toList()) {
            List<String> without = rules.stream().filter(rule -> !rule.equals(selector)).toList();

            assertThat(violations(AccessMatrix.ofPlane(Plane.TENANT), without)).as("without " + selector)
                    .isNotEmpty().allMatch(found -> found.endsWith("must pass"));
        }
    }

    @Test
    void theMatrixNoticesCommandsWithoutKeys() {
        for (String command : List.of("+keys", "+flushall", "+config|get", "+eval", "+acl|list", "+multi", "+select")) {
            List<String> more = Stream.concat(RedisAcl.of(Plane.SHARED).rules().stream(), Stream.of(command)).toList();

            assertThat(violations(AccessMatrix.ofPlane(Plane.SHARED), more)).as(command).isNotEmpty();
        }
    }

    private void forEachSelector(Plane plane, UnaryOperator<String> widened,
            Consumer<List<String>> check) {
        List<String> rules = RedisAcl.of(plane).rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).startsWith("(")) {
                List<String> mutated = new ArrayList<>(rules);
                mutated.set(i, widened.apply(rules.get(i)));
                check.accept(violations(AccessMatrix.ofPlane(plane), mutated));
            }
        }
    }

    private List<String> violations(AccessMatrix matrix, List<String> rules) {
        operator.aclSetUser(USER, Stream.concat(Stream.of("reset", "on", ">matrix"), rules.stream()).toArray(String[]::new));
        URI at = URI.create(RUNTIME.redisUrl());
        try (Jedis login = new Jedis(at.getHost(), at.getPort())) {
            login.auth(USER, "matrix");
            return matrix.violations(operator, login);
        }
    }
}
