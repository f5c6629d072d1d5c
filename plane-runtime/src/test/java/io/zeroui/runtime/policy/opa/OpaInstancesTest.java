package io.zeroui.runtime.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Reports of OPAs: what is kept, what is refused, how much. */
class OpaInstancesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId OTHER = TenantId.of("other");

    private final OpaInstances instances = new OpaInstances(new OpaConfig() {
        @Override
        public int instances() {
            return 4;
        }

        @Override
        public int instancesOfTenant() {
            return 3;
        }

        @Override
        public int maxBytes() {
            return 4_096;
        }
    }, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void aReportIsKeptAsTheLastOfItsInstance() {
        note(ACME, """
                {"labels":{"id":"1780d507","version":"1.4.2","app":"gate"},
                 "bundles":{"policies":{"active_revision":"7-abc","last_successful_download":"2026-11-22T11:59:58.5Z",
                   "last_successful_activation":"2026-11-22T12:59:59+01:00","metrics":{"x":1}},
                  "broken":{"last_successful_activation":"0001-01-01T00:00:00Z","code":"bundle_error","message":"m"}},
                 "plugins":{"bundle":{"state":"OK"}},"metrics":{"prometheus":{}}}""");
        note(OTHER, report("1780d507", "9-x"));
        OpaInstance one = instances.of(ACME).get(0);
        assertThat(one.version()).isEqualTo("1.4.2");
        assertThat(one.labels()).containsOnlyKeys("app");
        assertThat(one.saidAt()).isEqualTo(NOON);
        assertThat(one.bundles().get("policies").activeRevision()).isEqualTo("7-abc");
        assertThat(one.bundles().get("policies").lastSuccessfulActivation()).isEqualTo(Instant.parse("2026-11-22T11:59:59Z"));
        assertThat(one.bundles().get("broken").lastSuccessfulActivation()).as("Go's zero").isNull();
        assertThat(one.bundles().get("broken").code()).isEqualTo("bundle_error");

        note(ACME, report("1780d507", "8-def"));
        assertThat(instances.of(ACME)).singleElement().satisfies(said -> assertThat(said.bundles().get("policies").activeRevision()).isEqualTo("8-def"));
        assertThat(instances.of(OTHER)).singleElement().satisfies(said -> assertThat(said.bundles().get("policies").activeRevision()).isEqualTo("9-x"));
    }

    @Test
    void whatIsNoReportIsRefused() {
        for (String report : new String[]{"", "[]", "7", "null", "{", "{}", "{\"labels\":{\"id\":\"\"}}", "{\"labels\":{\"id\":7}}",
                "{\"labels\":{\"id\":\"a/../b\"}}", "{\"labels\":{\"id\":\"" + "x".repeat(129) + "\"}}",
                "{\"labels\":{\"id\":\"x\"},\"bundles\":{\"p\":{\"last_successful_activation\":\"yesterday\"}}}"}) {
            assertThatThrownBy(() -> note(ACME, report)).as(report).isInstanceOfSatisfying(ProblemException.class,
                    problem -> assertThat(problem.status()).isEqualTo(400));
        }
        assertThatThrownBy(() -> note(ACME, " ".repeat(4_097))).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(instances.of(ACME)).isEmpty();
    }

    @Test
    void ofManyTheOneThatWasNotHeardOfForLongestIsForgotten() {
        for (String id : new String[]{"a", "b", "c", "a", "d"}) {
            note(ACME, report(id, "1"));
        }
        assertThat(instances.of(ACME)).extracting(OpaInstance::id).as("three of a tenant").containsExactly("a", "c", "d");
        note(OTHER, report("o1", "1"));
        note(OTHER, report("o2", "1"));
        assertThat(instances.of(ACME)).extracting(OpaInstance::id).as("four of all").containsExactly("a", "d");
        assertThat(instances.of(OTHER)).hasSize(2);
    }

    @Test
    void longTextsAreCut() {
        note(ACME, "{\"labels\":{\"id\":\"x\"},\"bundles\":{\"p\":{\"code\":\"c\",\"message\":\"" + "m".repeat(600) + "\"}}}");
        assertThat(instances.of(ACME).get(0).bundles().get("p").message()).hasSize(500);
    }

    private void note(TenantId tenant, String report) {
        instances.note(tenant, report.getBytes(StandardCharsets.UTF_8));
    }

    private static String report(String id, String revision) {
        return "{\"labels\":{\"id\":\"" + id + "\"},\"bundles\":{\"policies\":{\"active_revision\":\"" + revision + "\"}}}";
    }
}
