package io.zeroui.runtime.policy.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.testing.BundleKeys;
import io.zeroui.testing.UnpackedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in a bundle, and that it is the same for the same policies. */
class PolicyBundlesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = TenantId.of("acme");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<PolicyVersion, ObjectNode> snapshots = new HashMap<>();
    private final Map<PolicyVersion, ReleaseTerms> terms = new HashMap<>();
    private final AtomicInteger read = new AtomicInteger();

    @Test
    void aBundleHasWhatOpaLooksFor() throws Exception {
        release("licences", "1.0", "{\"deny\":[\"gpl-3.0\"]}", null);
        release("secrets", "2.1", "{\"rule\":\"none\"}", null);
        UnpackedBundle all = UnpackedBundle.of(bundle("policies", true).bytes());

        assertThat(all.files().keySet()).containsExactly(".manifest", "zeroui/policies/licences/data.json", "zeroui/policies/secrets/data.json",
                "zeroui/release/data.json");
        assertThat(all.json(".manifest").path("roots")).isEqualTo(JSON.readTree("[\"zeroui\"]"));
        assertThat(all.json(".manifest").path("rego_version").asInt()).isEqualTo(1);
        assertThat(all.revision()).startsWith("7-");
        assertThat(all.json("zeroui/release/data.json"))
                .isEqualTo(JSON.readTree("{\"tenant_id\":\"acme\",\"release\":7,\"fresh\":true,\"policies\":[\"licences\",\"secrets\"]}"));
        JsonNode licences = all.policy("licences");
        assertThat(licences.path("policy_version_id").asText()).isEqualTo("licences-1.0");
        assertThat(licences.path("state").asText()).isEqualTo("active");
        assertThat(licences.path("fail_mode").asText()).isEqualTo("closed");
        assertThat(licences.has("killed_until")).isFalse();
        assertThat(licences.at("/content/deny/0").asText()).isEqualTo("gpl-3.0");
        assertThat(licences.path("snapshot_hash").asText()).isEqualTo(PolicySnapshotCodec.hash((ObjectNode) licences.path("content")).prefixed());

        UnpackedBundle one = UnpackedBundle.of(bundle("licences", true).bytes());
        assertThat(one.files().keySet()).containsExactly(".manifest", "zeroui/policies/licences/data.json");
        assertThat(one.json(".manifest").path("roots")).isEqualTo(JSON.readTree("[\"zeroui/policies/licences\",\"zeroui/rules/licences\"]"));
        assertThat(one.revision()).startsWith("licences-1.0-");
    }

    @Test
    void namesThatAreNoPolicysHaveNoBundle() {
        release("licences", "1.0", "{}", null);
        for (String name : new String[]{"secrets", "", ".", "..", "../licences", "licences/", "licences/1.0.json", "%2e%2e", "LICENCES"}) {
            assertThat(BundlePlan.of(ACME, name, 7, true, terms, NOON)).as(name).isEmpty();
        }
    }

    @Test
    void theSamePoliciesMakeTheSameBytesAndOthersDoNot() throws Exception {
        Path key = BundleKeys.write(BundleKeys.newPair(2_048), "rw-------");
        release("licences", "1.0", "{\"b\":1,\"a\":[1.5,\"\\u2028\"]}", null);
        BundleConfig config = FixedBundleConfig.PLAIN.withKey(key);
        PolicyBundle first = bundle(new PolicyBundles(config), "policies", true, NOON);
        PolicyBundle second = bundle(new PolicyBundles(config), "policies", true, NOON.plusSeconds(3_600));
        assertThat(second.bytes()).isEqualTo(first.bytes());
        assertThat(second.etag()).isEqualTo(first.etag()).matches("\"[0-9a-f]{64}\"");
        assertThat(first.etag()).isEqualTo("\"" + Hash.of(first.bytes()).hex() + "\"");

        PolicyBundle single = bundle("licences", true);
        release("secrets", "1.0", "{}", null);
        assertThat(bundle("licences", true).etag()).as("another policy is not its business").isEqualTo(single.etag());
        assertThat(bundle(new PolicyBundles(config), "policies", true, NOON).etag()).isNotEqualTo(first.etag());
        assertThat(bundle("licences", false).etag()).as("stale").isNotEqualTo(single.etag());
    }

    @Test
    void aKilledPolicyIsMarkedUntilItsKillIsOver() throws Exception {
        Instant until = NOON.plus(Duration.ofMinutes(10));
        release("licences", "1.0", "{}", until);
        JsonNode killed = UnpackedBundle.of(bundle(new PolicyBundles(FixedBundleConfig.PLAIN), "licences", false, NOON).bytes()).policy("licences");
        assertThat(killed.path("state").asText()).isEqualTo("killed");
        assertThat(killed.path("killed_until").asText()).isEqualTo(until.toString());
        JsonNode over = UnpackedBundle.of(bundle(new PolicyBundles(FixedBundleConfig.PLAIN), "licences", false, until).bytes()).policy("licences");
        assertThat(over.path("state").asText()).isEqualTo("stale");
        assertThat(over.has("killed_until")).isFalse();
        assertThat(BundlePlan.of(ACME, "licences", 7, true, terms, NOON).orElseThrow().holdsUntil(NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(60));
        assertThat(BundlePlan.of(ACME, "licences", 7, false, terms, NOON).orElseThrow().holdsUntil(NOON.plusSeconds(60))).isEqualTo(until);
        assertThat(BundlePlan.of(ACME, "licences", 7, false, terms, until).orElseThrow().holdsUntil(NOON)).isNull();
    }

    @Test
    void whatTheTenantAddsIsInItBesideWhatWasSigned() throws Exception {
        release("licences", "1.0", "{}", null);
        release("secrets", "1.0", "{}", null);
        ((ObjectNode) snapshot(new PolicyVersion("licences", "1.0"))).putObject("metadata").put("enforcement", "warn");
        terms.replaceAll((policy, signed) -> new ReleaseTerms(1, Rollout.everyone(), FailMode.OPEN, null));
        assertThat(overlaid(null).path("enforcement").asText()).isEqualTo("warn");
        assertThat(overlaid(null).path("fail_mode").asText()).isEqualTo("open");

        JsonNode stricter = overlaid(new OverlayRule("licences", "hard_block", "closed"));
        assertThat(stricter.path("enforcement").asText()).isEqualTo("hard_block");
        assertThat(stricter.path("fail_mode").asText()).isEqualTo("closed");
        assertThat(stricter.at("/metadata/enforcement").asText()).as("as it was signed").isEqualTo("warn");
        assertThat(overlaid(new OverlayRule("licences", null, "closed")).path("enforcement").asText()).isEqualTo("warn");
        assertThat(overlaid(new OverlayRule("secrets", "soft_block", null)).path("enforcement").asText()).as("another's").isEqualTo("warn");

        ((ObjectNode) snapshot(new PolicyVersion("licences", "1.0"))).putObject("metadata").put("enforcement", "hard_block");
        assertThat(overlaid(new OverlayRule("licences", "warn", null)).path("enforcement").asText()).as("never less").isEqualTo("hard_block");
        ((ObjectNode) snapshot(new PolicyVersion("licences", "1.0"))).remove("metadata");
        assertThat(overlaid(null).has("enforcement")).isFalse();
        assertThat(overlaid(new OverlayRule("licences", "warn", null)).path("enforcement").asText()).isEqualTo("warn");
    }

    private JsonNode overlaid(@Nullable OverlayRule rule) throws PolicyRefused, IOException {
        BundlePlan plan = BundlePlan.of(ACME, "policies", 7, true, terms, NOON).orElseThrow()
                .with(policy -> Optional.ofNullable(rule).filter(one -> one.policyId().equals(policy)));
        return UnpackedBundle.of(new PolicyBundles(FixedBundleConfig.PLAIN).of(plan, this::snapshot).bytes()).policy("licences");
    }

    @Test
    void modulesAreFilesAndThoseThatWouldSpoilTheBundleAreLeftOut() throws Exception {
        release("licence-rules", "1.0", """
                {"rego":{"modules":{
                  "main":["# a comment","package zeroui.rules[\\"licence-rules\\"].gate # ours","","default allow := false"],
                  "as-text":"package zeroui.rules[\\"licence-rules\\"]\\nx := 1\\n",
                  "elsewhere":["package system.authz"],
                  "neighbour":["package zeroui.rules.licences"],
                  "none":["allow := true"],
                  "../../../etc/x":["package zeroui.rules[\\"licence-rules\\"]"]}}}""", null);
        UnpackedBundle all = UnpackedBundle.of(bundle("policies", true).bytes());

        assertThat(all.files().keySet()).filteredOn(name -> name.endsWith(".rego"))
                .containsExactly("zeroui/rules/licence-rules/as-text.rego", "zeroui/rules/licence-rules/main.rego");
        assertThat(all.text("zeroui/rules/licence-rules/main.rego"))
                .isEqualTo("# a comment\npackage zeroui.rules[\"licence-rules\"].gate # ours\n\ndefault allow := false\n");
        assertThat(all.policy("licence-rules").path("modules_left_out").fieldNames()).toIterable()
                .containsExactly("../../../etc/x", "elsewhere", "neighbour", "none");
    }

    @Test
    void aLongNameOfAModuleSurvivesTheTarball() throws Exception {
        String policy = "p".repeat(64);
        String module = "m".repeat(64);
        release(policy, "1.0", "{\"rego\":{\"modules\":{\"" + module + "\":[\"package zeroui.rules." + policy + "\"]}}}", null);
        assertThat(UnpackedBundle.of(bundle("policies", true).bytes()).text("zeroui/rules/" + policy + "/" + module + ".rego"))
                .isEqualTo("package zeroui.rules." + policy + "\n");
    }

    @Test
    void theSignatureIsOfAllFilesAndOfTheKey() throws Exception {
        KeyPair pair = BundleKeys.newPair(2_048);
        release("licences", "1.0", "{\"rego\":{\"modules\":{\"main\":[\"package zeroui.rules.licences\"]}},\"n\":[1,2.5,true,null]}", null);
        PolicyBundles bundles = new PolicyBundles(FixedBundleConfig.PLAIN.withKey(BundleKeys.write(pair, "rw-------")).withScope("read"));
        UnpackedBundle bundle = UnpackedBundle.of(bundle(bundles, "policies", true, NOON).bytes());

        assertThat(bundle.isSignedBy(pair.getPublic().getEncoded())).isTrue();
        assertThat(bundle.isSignedBy(BundleKeys.newPair(2_048).getPublic().getEncoded())).as("another key").isFalse();
        assertThat(bundle.signatureHeader()).isEqualTo(JSON.readTree("{\"alg\":\"RS256\",\"kid\":\"test-key\",\"typ\":\"JWT\"}"));
        assertThat(bundle.signed().path("keyid").asText()).isEqualTo("test-key");
        assertThat(bundle.signed().path("scope").asText()).isEqualTo("read");
        Map<String, String> digests = new HashMap<>();
        StreamSupport.stream(bundle.signed().path("files").spliterator(), false).forEach(file -> {
            assertThat(file.path("algorithm").asText()).isEqualTo("SHA-256");
            digests.put(file.path("name").asText(), file.path("hash").asText());
        });
        assertThat(digests.keySet()).containsExactlyInAnyOrderElementsOf(
                bundle.files().keySet().stream().filter(name -> !name.equals(".signatures.json")).toList());
        // no name and no text here is written differently by Go: the digest of the value is that of the bytes
        digests.forEach((name, digest) -> assertThat(digest).as(name).isEqualTo(Hash.of(bundle.files().get(name)).hex()));
        assertThat(UnpackedBundle.of(bundle("policies", true).bytes()).files()).as("without a key").doesNotContainKey(".signatures.json");
    }

    @Test
    void digestsOfJsonAreThoseOfGosEncoder() throws IOException {
        assertThat(OpaDigest.ofJson(JSON.readTree("{\"b\":{},\"a\":[]}"))).isEqualTo(sha("{\"a\":[],\"b\":{}}"));
        assertThat(OpaDigest.ofJson(JSON.readTree("[\"<\\u2028&\\u2029>\",\"\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\\u007f\"]")))
                .isEqualTo(sha("[\"<\\u2028&\\u2029>\",\"\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\u007f\"]"));
        String later = "\uff5e"; // after the surrogates of the other by UTF-16, before it by UTF-8
        String astral = "\ud83d\ude00";
        ObjectNode object = JsonNodeFactory.instance.objectNode().put(astral, 1).put(later, 2.50);
        assertThat(OpaDigest.ofJson(object)).isEqualTo(sha("{\"" + later + "\":2.5,\"" + astral + "\":1}"));
    }

    /** Contents and digests of signed bundles in OPA's own tests. */
    @Test
    void digestsAreThoseThatOpaItselfVerifies() throws IOException {
        Map<String, String> known = Map.of(
                "{\"revision\": \"quickbrownfaux\"}", "507a2c38a1441db58d2cb87982c42aa91a4342ef422a6b542eddebeef6f0412f",
                "{\"foo\": \"bar\"}", "7a38bf81f383f69433ad6e900d35b3e2385593f76a7b7ab5d4355b8ba41ee24b",
                "{\"x\": true}", "9e4f189bf4079d1b6eb6446879866cd5f39c26880d4fb518f4e01cd1bbfe513e",
                "[1,2,3]", "a615eeaee21de5179de080de8c3052c8da901138406ba71c38c032845f7d54f4");
        for (Map.Entry<String, String> one : known.entrySet()) {
            assertThat(OpaDigest.ofJson(JSON.readTree(one.getKey()))).as(one.getKey()).isEqualTo(one.getValue());
        }
    }

    @Test
    void aKeyThatOthersCanReadOrThatIsWeakOrNoneIsRefused() {
        KeyPair pair = BundleKeys.newPair(2_048);
        for (String permissions : new String[]{"rw-r-----", "rw----r--", "rw--w----"}) {
            Path open = BundleKeys.write(pair, permissions);
            assertThatThrownBy(() -> new PolicyBundles(FixedBundleConfig.PLAIN.withKey(open))).hasMessageContaining("chmod 600");
        }
        Path weak = BundleKeys.write(BundleKeys.newPair(1_024), "rw-------");
        assertThatThrownBy(() -> new PolicyBundles(FixedBundleConfig.PLAIN.withKey(weak))).hasMessageContaining("less than 2048 bits");
        assertThatThrownBy(() -> new PolicyBundles(FixedBundleConfig.PLAIN.withKey(Path.of("/no/such/key")))).hasMessageContaining("cannot be read");
    }

    @Test
    void aBundleThatIsTooLargeIsRefusedAndOneThatIsKnownIsNotMadeAgain() throws Exception {
        PolicyBundles bundles = new PolicyBundles(FixedBundleConfig.PLAIN);
        release("small", "1.0", "{}", null);
        assertThat(bundle(bundles, "small", true, NOON)).isSameAs(bundle(bundles, "small", true, NOON.plusSeconds(1)));
        assertThat(read).hasValue(1);
        release("large", "1.0", "{\"text\":\"" + "x".repeat(1 << 20) + "\"}", null);
        assertThatThrownBy(() -> bundle(bundles, "policies", true, NOON)).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(422));
        assertThat(bundle(bundles, "small", true, NOON).revision()).startsWith("small-1.0-");
    }

    @Test
    void whoWantsAnotherBundleDoesNotWaitAndWhoWantsTheSameGetsTheSame() throws Exception {
        PolicyBundles bundles = new PolicyBundles(FixedBundleConfig.PLAIN);
        release("slow", "1.0", "{}", null);
        release("quick", "1.0", "{}", null);
        BundlePlan slow = BundlePlan.of(ACME, "slow", 7, true, terms, NOON).orElseThrow();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            Callable<PolicyBundle> wanted = () -> bundles.of(slow, policy -> {
                read.incrementAndGet();
                reading.countDown();
                await(released);
                return snapshot(policy);
            });
            Future<PolicyBundle> first = readers.submit(wanted);
            await(reading);
            Future<PolicyBundle> second = readers.submit(wanted);
            Future<PolicyBundle> quick = readers.submit(() -> bundle(bundles, "quick", true, NOON));
            assertThat(quick.get(30, TimeUnit.SECONDS).revision()).startsWith("quick-1.0-");
            assertThat(first.isDone()).isFalse();
            released.countDown();
            assertThat(second.get(60, TimeUnit.SECONDS)).isSameAs(first.get(60, TimeUnit.SECONDS));
            assertThat(read).as("one of each").hasValue(2);
        } finally {
            released.countDown();
            readers.shutdown();
        }
    }

    @Test
    void whatIsTooLargeIsNotReadAgainButWhatCouldNotBeReadIs() throws Exception {
        PolicyBundles bundles = new PolicyBundles(FixedBundleConfig.PLAIN);
        release("large", "1.0", "{\"text\":\"" + "x".repeat(1 << 20) + "\"}", null);
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> bundle(bundles, "large", true, NOON)).isInstanceOfSatisfying(ProblemException.class,
                    problem -> assertThat(problem.status()).isEqualTo(422));
        }
        assertThat(read).hasValue(1);
        release("lost", "1.0", "{}", null);
        BundlePlan lost = BundlePlan.of(ACME, "lost", 7, true, terms, NOON).orElseThrow();
        assertThatThrownBy(() -> bundles.of(lost, policy -> {
            throw new IOException("the disk is away");
        })).isInstanceOf(IOException.class).hasMessage("the disk is away");
        assertThat(bundle(bundles, "lost", true, NOON).revision()).startsWith("lost-1.0-");
    }

    private void release(String policy, String version, String content, @Nullable Instant killedUntil) {
        try {
            ObjectNode inside = (ObjectNode) JSON.readTree(content);
            PolicyVersion id = new PolicyVersion(policy, version);
            ObjectNode snapshot = JsonNodeFactory.instance.objectNode().put("policy_id", policy).put("version", version)
                    .put("snapshot_hash", PolicySnapshotCodec.hash(inside).prefixed());
            snapshot.set("policy_content", inside);
            snapshots.put(id, snapshot);
            terms.put(id, new ReleaseTerms(1, Rollout.everyone(), FailMode.CLOSED, killedUntil));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private PolicyBundle bundle(String name, boolean fresh) throws PolicyRefused, IOException {
        return bundle(new PolicyBundles(FixedBundleConfig.PLAIN), name, fresh, NOON);
    }

    private PolicyBundle bundle(PolicyBundles bundles, String name, boolean fresh, Instant now) throws PolicyRefused, IOException {
        return bundles.of(BundlePlan.of(ACME, name, 7, fresh, terms, now).orElseThrow(), policy -> {
            read.incrementAndGet();
            return snapshot(policy);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode snapshot(PolicyVersion policy) {
        return Optional.ofNullable(snapshots.get(policy)).orElseThrow();
    }

    private static String sha(String text) {
        return Hash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
