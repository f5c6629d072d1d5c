package io.zeroui.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyReceiver;
import io.zeroui.contracts.policy.delivery.PolicyReceiver.Received;
import io.zeroui.contracts.policy.delivery.PolicyRelease;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.PolicyOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Any sequence of releases, revocations, rotated keys, lost, repeated, old and partial deliveries, and restarts: an edge has at every moment
 * exactly what one release had, never an older one than before, and the newest once it has asked.
 */
class PolicyModelTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int STEPS = 12;

    @Test
    void theEdgeHasWhatTheModelHas() throws PolicyRefused {
        run(300);
    }

    @Test
    @Tag("long")
    void theEdgeHasWhatTheModelHasInAHundredThousandSequences() throws PolicyRefused {
        run(100_000);
    }

    private static void run(int sequences) throws PolicyRefused {
        long seed = System.nanoTime();
        System.out.println("policies: seed " + seed);
        Random random = new Random(seed);
        Run run = new Run(random);
        for (int i = 0; i < sequences; i++) {
            if (i % 10 == 0) {
                run = new Run(random); // making keys costs more than using them
            }
            for (int step = 0; step < STEPS; step++) {
                run.step();
                run.check("sequence " + i + " step " + step + " seed " + seed);
            }
            run.converge();
            run.check("sequence " + i + " at its end, seed " + seed);
            assertThat(run.active).isEqualTo(run.origin.version());
        }
    }

    /** An origin, an edge, and what the edge must have. */
    private static final class Run {
        private final Random random;
        private final PolicyOrigin origin = new PolicyOrigin(ACME, NOON);
        /** By release: what it has. */
        private final Map<Long, Map<PolicyVersion, Hash>> model = new HashMap<>();
        private final List<List<PolicyDelivered>> sent = new ArrayList<>();
        private final Map<PolicyVersion, byte[]> disk = new HashMap<>();
        private PolicyRelease committed;
        private PolicyReceiver edge;
        private long active;
        private int names;

        private Run(Random random) throws PolicyRefused {
            this.random = random;
            this.edge = restarted();
            change();
            publish();
        }

        private void step() throws PolicyRefused {
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    change();
                    publish();
                }
                case 2 -> {
                    origin.rotate(RoleName.values()[random.nextInt(RoleName.values().length)]);
                    publish();
                }
                case 3 -> deliver(origin.since(1 + random.nextInt(3), Math.max(0, origin.version() - 1)));
                case 4 -> deliver(origin.whole());
                case 5 -> deliver(sent.get(random.nextInt(sent.size())));
                case 6 -> {
                    List<PolicyDelivered> parts = split(origin.since(0, random.nextBoolean() ? active : 0));
                    deliver(parts.subList(0, random.nextInt(parts.size() + 1)));
                }
                case 7 -> edge = restarted();
                default -> deliver(origin.answer(ask(random.nextInt(4) == 0)));
            }
        }

        private void change() {
            if (random.nextInt(4) == 0 && origin.released().size() > 1) {
                List<PolicyVersion> all = new ArrayList<>(origin.released().keySet());
                origin.revoke(all.get(random.nextInt(all.size())));
            } else {
                int which = random.nextInt(4);
                String version = "1." + names++;
                origin.release("policy-" + which, version, content -> {
                    for (int i = 0; i < 6; i++) {
                        content.put("rule-" + i, i == names % 6 ? version : "the text of a rule that does not change");
                    }
                });
            }
        }

        private void publish() {
            origin.publish();
            Map<PolicyVersion, Hash> listed = new HashMap<>();
            origin.released().forEach((policy, bytes) -> listed.put(policy, Hash.of(bytes)));
            model.put(origin.version(), listed);
            sent.add(origin.whole());
        }

        private void deliver(List<PolicyDelivered> deliveries) {
            for (PolicyDelivered one : deliveries) {
                try {
                    Received received = edge.take(one, NOON);
                    if (received != null) {
                        disk.putAll(received.policies());
                        committed = received.release();
                        edge.commit(received);
                    }
                } catch (PolicyRefused e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }

        /** The same documents, one in each delivery. */
        private static List<PolicyDelivered> split(List<PolicyDelivered> deliveries) {
            return deliveries.stream().flatMap(one -> one.documents().stream()
                    .map(document -> new PolicyDelivered(one.tenantId(), one.targetsVersion(), List.of(document)))).toList();
        }

        private void converge() {
            deliver(origin.answer(ask(false)));
            if (release() != origin.version()) {
                deliver(origin.answer(ask(true)));
            }
        }

        private PolicyAsked ask(boolean whole) {
            PolicyTrust now = edge.active();
            return new PolicyAsked(ACME.value(), "edge-1", edge.believed().root().version(), release(),
                    now == null ? 0 : now.timestamp().version(), whole, false, null, null, NOON);
        }

        private PolicyReceiver restarted() throws PolicyRefused {
            return PolicyReceiver.begin(ACME, origin.anchor(), committed, (policy, hash) -> {
                byte[] bytes = disk.get(policy);
                return bytes != null && Hash.of(bytes).equals(hash) ? bytes : null;
            });
        }

        private long release() {
            PolicyTrust now = edge.active();
            return now == null ? 0 : now.targets().version();
        }

        private void check(String where) {
            long now = release();
            assertThat(now).as(where).isGreaterThanOrEqualTo(active);
            active = now;
            if (now > 0) {
                Map<PolicyVersion, Hash> there = new HashMap<>();
                for (Map.Entry<PolicyVersion, Target> one : edge.active().targets().targets().entrySet()) {
                    there.put(one.getKey(), Hash.of(disk.get(one.getKey())));
                    assertThat(there.get(one.getKey())).as(where).isEqualTo(one.getValue().sha256());
                }
                assertThat(there).as(where).isEqualTo(model.get(now));
            }
        }
    }
}
