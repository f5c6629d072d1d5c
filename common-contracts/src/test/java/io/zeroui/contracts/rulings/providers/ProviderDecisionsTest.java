package io.zeroui.contracts.rulings.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions, against the documented order by examples and against a slow set of the same rules by thousands of random registries. */
class ProviderDecisionsTest {

    private static final int REGISTRIES = 4_000;
    private static final int QUESTIONS = 25;
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String SHA = "ab".repeat(32);
    private static final String OTHER_SHA = "cd".repeat(32);
    private static final List<String> MODELS = List.of("acme", "acme/chat", "acme/chat-mini", "acme/eu/chat", "beta/chat", "beta/draw");
    private static final List<String> ADAPTERS = List.of("acme/bridge", "zeroui/any");
    private static final List<String> TENANTS = List.of("one", "two", "three");
    private static final List<String> REGIONS = List.of("eu-west-1", "eu-north-1", "us-east-1", "local");
    private static final List<String> MODEL_PATTERNS = List.of("*", "acme/*", "acme*", "*/chat", "*chat*", "a*/c*t", "acme/chat", "beta/*", "acme", "b*a/draw");
    private static final List<String> REGION_PATTERNS = List.of("*", "eu-*", "us-east-1", "*-1", "local");
    private static final List<String> RANGES = List.of("*", ">=1.0.0", "<1.10", "1.2", "=2024-08-06", ">=1.0.0 <2", "<1.0.0 || >=2", "<=1.0.0-rc.2");

    @Test
    void whateverTheRulesTheAnswerIsThatOfTheSlowOnes() {
        Map<Ground, Integer> seen = new EnumMap<>(Ground.class);
        for (int seed = 0; seed < REGISTRIES; seed++) {
            Random random = new Random(seed);
            ProviderRules rules = registry(random);
            ProviderDecisions fast = ProviderDecisions.of(rules);
            SlowDecisions slow = new SlowDecisions(rules);
            for (int i = 0; i < QUESTIONS; i++) {
                DecisionQuestion question = question(random);
                ProviderDecision answer = fast.decide(question);
                assertThat(answer).as("registry %d, question %d: %s of %s", seed, i, question, rules).isEqualTo(slow.decide(question));
                seen.merge(answer.ground(), 1, Integer::sum);
            }
        }
        for (Ground ground : Ground.values()) {
            assertThat(seen.getOrDefault(ground, 0)).as("%s was never the ground; the questions are not good enough: %s", ground, seen)
                    .isGreaterThan(ground == Ground.NO_RULINGS ? -1 : 20);
        }
    }

    @Test
    void theOrderOfTheRulesInTheDocumentDoesNotMatter() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ProviderRules rules = registry(random);
            List<ProviderRule> shuffled = new ArrayList<>(rules.rules());
            Collections.shuffle(shuffled, random);
            ProviderDecisions other = ProviderDecisions.of(new ProviderRules(rules.models(), rules.adapters(), shuffled));
            DecisionQuestion question = question(random);
            assertThat(other.decide(question)).isEqualTo(ProviderDecisions.of(rules).decide(question));
        }
    }

    @Test
    void nothingIsAllowedThatNoRuleAllows() {
        assertThat(decide("one").ground()).isEqualTo(Ground.NO_RULE);
        assertThat(decide("one").allowed()).isFalse();
        ProviderDecision allowed = decide("one", rule("open", Effect.ALLOW, null));
        assertThat(allowed.allowed()).isTrue();
        assertThat(allowed.rule()).isEqualTo("open@1");
        assertThat(allowed.scope()).isEqualTo("organisation");
    }

    @Test
    void aTenantCannotOpenWhatTheOrganisationClosesNorTheOtherWayRound() {
        assertThat(decide("one", rule("a-open", Effect.ALLOW, "one"), rule("z-close", Effect.DENY, null)).rule()).isEqualTo("z-close@1");
        assertThat(decide("one", rule("a-open", Effect.ALLOW, null), rule("z-close", Effect.DENY, "one")).rule()).isEqualTo("z-close@1");
        assertThat(decide("two", rule("a-open", Effect.ALLOW, null), rule("z-close", Effect.DENY, "one")).allowed()).isTrue();
    }

    @Test
    void ofSeveralThatDenyTheOrganisationsIsNamedAndOfSeveralThatAllowTheTenants() {
        assertThat(decide("one", rule("b", Effect.DENY, null), rule("a", Effect.DENY, "one"), rule("c", Effect.DENY, null)).rule()).isEqualTo("b@1");
        assertThat(decide("one", rule("a", Effect.ALLOW, null), rule("c", Effect.ALLOW, "one"), rule("b", Effect.ALLOW, "one")).rule())
                .isEqualTo("b@1");
    }

    @Test
    void aRuleCountsFromItsBeginningUntilJustBeforeItsEnd() {
        ProviderRule rule = new ProviderRule("short", 1, Effect.ALLOW, null, List.of(), "*", "*", "*", "*", List.of(), List.of(), NOW,
                NOW.plusSeconds(60));
        assertThat(decide("one", NOW.minusNanos(1), rule).allowed()).isFalse();
        assertThat(decide("one", NOW, rule).allowed()).isTrue();
        assertThat(decide("one", NOW.plusSeconds(60).minusNanos(1), rule).allowed()).isTrue();
        assertThat(decide("one", NOW.plusSeconds(60), rule).allowed()).isFalse();
    }

    @Test
    void aTenantThatIsExceptedIsNotAffected() {
        ProviderRule deny = new ProviderRule("close", 1, Effect.DENY, null, List.of("two"), "*", "*", "*", "*", List.of(), List.of(), null, null);
        assertThat(decide("one", rule("open", Effect.ALLOW, null), deny).allowed()).isFalse();
        assertThat(decide("two", rule("open", Effect.ALLOW, null), deny).allowed()).isTrue();
        assertThatThrownBy(() -> new ProviderRule("close", 1, Effect.DENY, "one", List.of("two"), "*", "*", "*", "*", List.of(), List.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ProviderDecision decide(String tenant, ProviderRule... rules) {
        return decide(tenant, NOW, rules);
    }

    private static ProviderDecision decide(String tenant, Instant at, ProviderRule... rules) {
        RuledModel model = new RuledModel("acme/chat",
                List.of(new RuledModel.Version("1.0.0", Standing.ACTIVE, null, List.of("*"), DataCategory.RESTRICTED)));
        RuledAdapter adapter = new RuledAdapter("acme/bridge",
                List.of(new RuledAdapter.Version("1.0.0", Standing.ACTIVE, null, SHA, List.of(new RuledAdapter.Fit("*", "*")))));
        return ProviderDecisions.of(new ProviderRules(List.of(model), List.of(adapter), List.of(rules)))
                .decide(DecisionQuestion.of(TenantId.of(tenant), "acme/chat", DataCategory.PUBLIC, Region.LOCAL, "acme/bridge@1.0.0", SHA, at));
    }

    private static ProviderRule rule(String id, Effect effect, @Nullable String tenant) {
        return new ProviderRule(id, 1, effect, tenant, List.of(), "*", "*", "*", "*", List.of(), List.of(), null, null);
    }

    private static ProviderRules registry(Random random) {
        List<RuledModel> models = MODELS.stream().filter(name -> random.nextInt(12) > 0).map(name -> new RuledModel(name, versions(random).stream()
                .map(one -> new RuledModel.Version(one, standing(random), sunset(random), some(random, REGION_PATTERNS, 3),
                        DataCategory.values()[random.nextInt(8) > 0 ? 3 : random.nextInt(4)]))
                .toList())).toList();
        List<RuledAdapter> adapters = ADAPTERS.stream().filter(name -> random.nextInt(20) > 0).map(name -> new RuledAdapter(name, versions(random)
                .stream().map(one -> new RuledAdapter.Version(one, standing(random), sunset(random), SHA, fits(random))).toList())).toList();
        List<ProviderRule> rules = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            rules.add(rule(random, "rule-" + i));
        }
        return new ProviderRules(models, adapters, rules);
    }

    private static ProviderRule rule(Random random, String id) {
        String tenant = random.nextBoolean() ? null : one(random, TENANTS);
        Instant from = random.nextInt(3) > 0 ? null : near(random);
        Instant until = random.nextInt(3) > 0 ? null : near(random);
        boolean possible = from == null || until == null || from.isBefore(until);
        return new ProviderRule(id, 1 + random.nextInt(3), random.nextInt(3) > 0 ? Effect.ALLOW : Effect.DENY, tenant,
                tenant == null && random.nextInt(3) == 0 ? some(random, TENANTS, 2) : List.of(), one(random, MODEL_PATTERNS), range(random),
                random.nextInt(3) > 0 ? "*" : one(random, List.of("acme/*", "zeroui/any", "*any")), range(random),
                random.nextBoolean() ? List.of() : some(random, List.of(DataCategory.values()), 3),
                random.nextBoolean() ? List.of() : some(random, REGION_PATTERNS, 2), from, possible ? until : null);
    }

    private static DecisionQuestion question(Random random) {
        return new DecisionQuestion(TenantId.of(one(random, TENANTS)), one(random, MODELS), version(random),
                DataCategory.values()[random.nextInt(4)], Region.of(one(random, REGIONS)), one(random, ADAPTERS), version(random),
                random.nextInt(3) > 0 ? null : random.nextInt(4) > 0 ? SHA : OTHER_SHA, near(random));
    }

    private static @Nullable String version(Random random) {
        return random.nextInt(3) > 0 ? null : one(random, SlowDecisions.AGES);
    }

    private static List<RuledAdapter.Fit> fits(Random random) {
        return random.nextInt(3) > 0 ? List.of(new RuledAdapter.Fit("*", "*"))
                : List.of(new RuledAdapter.Fit(one(random, MODEL_PATTERNS), range(random)));
    }

    private static String range(Random random) {
        return random.nextInt(3) > 0 ? "*" : one(random, RANGES);
    }

    private static List<String> versions(Random random) {
        List<String> all = new ArrayList<>(SlowDecisions.AGES);
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4));
    }

    private static Standing standing(Random random) {
        return random.nextInt(3) > 0 ? Standing.ACTIVE : random.nextBoolean() ? Standing.DEPRECATED : Standing.REVOKED;
    }

    private static @Nullable Instant sunset(Random random) {
        return random.nextInt(4) > 0 ? null : near(random);
    }

    /** Few moments, so that ends and questions meet. */
    private static Instant near(Random random) {
        return NOW.plusSeconds(random.nextInt(7));
    }

    private static <T> T one(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static <T> List<T> some(Random random, List<T> all, int most) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, 1 + random.nextInt(most)));
    }
}
