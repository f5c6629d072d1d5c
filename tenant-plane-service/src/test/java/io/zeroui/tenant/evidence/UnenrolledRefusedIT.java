package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** Where every edge has its own login, what comes by the stream of edges that nobody enrolled is refused: receipts and questions. */
@QuarkusTest
@TestProfile(UnenrolledRefusedIT.Refusing.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class UnenrolledRefusedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As with {@code ZEROUI_REGISTRY_UNENROLLED_EDGES=refuse}. */
    public static final class Refusing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.registry.unenrolled-edges", "refuse");
        }
    }

    private final TenantId tenant = TenantId.of("r-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());

    @Test
    void aReceiptOfAnEdgeThatNobodyEnrolledIsKeptAsideAndThatOfAnEnrolledOneIsTaken() {
        EdgeStream stranger = new EdgeStream();
        RegistryPlane.ensure(tenant);
        EdgeStream enrolled = new EdgeStream().enrolledFor(tenant);
        RegistryPlane.enrol(enrolled.edge, tenant, RegistryState.ACTIVE);

        enrolled.send(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            RegistryPlane.answer(); // until the registry has said so, receipts of an unknown edge are held
            if (stranger.unsettled() == 0) {
                stranger.send(tenant, emitter.decision("core-api"), emitter);
            }
            return new LedgerView(TenantId.UNKNOWN).deadLetters().stream()
                    .anyMatch(line -> line.contains("the edge " + stranger.edge + " is not in the registry"));
        });
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() == 1);
    }

    @Test
    void aQuestionOfAnEdgeThatNobodyEnrolledIsNotAnswered() {
        RegistryPlane.ensure(TenantId.DEFAULT);
        EdgeId edge = EdgeId.of("edge-" + UUID.randomUUID());
        Map<String, String> fields = new HashMap<>();
        EventEnvelope.of(EventEnvelope.POLICY_ASKED, "urn:zeroui:test", Instant.now(),
                EventJson.write(new PolicyAsked("local", edge.value(), 1, 0, 0, true, false, null, null, Instant.now()))).toFields()
                .forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        String letters = ChannelCatalogue.IDE_POLICY_QUESTIONS.deadLetterKey(StreamScope.UNENROLLED);
        try (Jedis redis = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS).redis()) {
            redis.xadd(ChannelCatalogue.IDE_POLICY_QUESTIONS.key(StreamScope.UNENROLLED), StreamEntryID.NEW_ENTRY, fields);
            await().atMost(PATIENCE).until(() -> redis.xrange(letters, (StreamEntryID) null, null).stream()
                    .anyMatch(letter -> letter.getFields().values().stream().anyMatch(value -> value.contains(edge.value()))));
            assertThat(List.of(redis.xlen(ChannelCatalogue.TENANT_POLICY.key(StreamScope.UNENROLLED.of(edge))))).containsExactly(0L);
        }
    }
}
