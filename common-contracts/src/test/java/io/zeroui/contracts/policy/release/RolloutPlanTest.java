package io.zeroui.contracts.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans as requests and histories have them, and what a gate says of counts. */
class RolloutPlanTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPlanIsReadAndWrittenBack() throws JsonProcessingException {
        String text = "{\"gate\":{\"min_receipts\":200,\"max_override_rate\":0.0001,\"max_block_rate\":1,\"max_degraded_rate\":0},"
                + "\"steps\":[{\"percent\":0.01,\"bake\":\"PT0S\"},{\"percent\":10,\"bake\":\"PT30M\"},{\"percent\":100}]}";
        RolloutPlan plan = read(text);
        assertThat(plan).isEqualTo(new RolloutPlan(
                new RolloutGate(200, Map.of(RolloutRate.OVERRIDE, 1, RolloutRate.BLOCK, 10_000, RolloutRate.DEGRADED, 0)),
                List.of(new RolloutStep(1, Duration.ZERO), new RolloutStep(1_000, Duration.ofMinutes(30)), new RolloutStep(10_000, null))));
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        plan.writeTo(written);
        assertThat(written.toString()).isEqualTo(text);
        assertThat(read("{}")).isNull();
        assertThat(read("{\"gate\":null,\"steps\":null}")).isNull();
        assertThat(read("{\"steps\":[{\"percent\":5}]}").gate()).isEqualTo(new RolloutGate(RolloutGate.MIN_RECEIPTS, Map.of()));
    }

    @Test
    void aPlanMayAskAnEvaluation() throws JsonProcessingException {
        String text = "{\"gate\":{\"min_receipts\":20},\"steps\":[{\"percent\":5}],\"evaluation\":\"next-ring\"}";
        RolloutPlan plan = read(text);
        assertThat(plan.evaluation()).isEqualTo("next-ring");
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        plan.writeTo(written);
        assertThat(written.toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "gate | {'gate':7}", "gate | {'gate':{}}", "gate | {'gate':{'min_receipts':5},'steps':[]}", "gate | {'gate':{'max_rate':0.1}}",
        "gate.min_receipts | {'gate':{'min_receipts':0,'max_block_rate':0.1}}", "gate.min_receipts | {'gate':{'min_receipts':1.5,'max_block_rate':0.1}}",
        "gate.min_receipts | {'gate':{'min_receipts':'9','max_block_rate':0.1}}",
        "gate.max_override_rate | {'gate':{'max_override_rate':1.1}}", "gate.max_override_rate | {'gate':{'max_override_rate':-0.1}}",
        "gate.max_block_rate | {'gate':{'max_block_rate':'0.1'}}", "gate.max_degraded_rate | {'gate':{'max_degraded_rate':0.00001}}",
        "gate.max_degraded_rate | {'gate':{'max_degraded_rate':1e300}}",
        "steps | {'steps':{}}", "steps[0] | {'steps':[5]}", "steps[0].percent | {'steps':[{}]}", "steps[0].percent | {'steps':[{'percent':0}]}",
        "steps[0].percent | {'steps':[{'percent':100.01}]}", "steps[0].percent | {'steps':[{'percent':1.001}]}",
        "steps[1].percent | {'steps':[{'percent':5,'bake':'PT1M'},{'percent':5}]}", "steps[0].bake | {'steps':[{'percent':5},{'percent':6}]}",
        "steps[0].bake | {'steps':[{'percent':5,'bake':'soon'}]}", "steps[0].bake | {'steps':[{'percent':5,'bake':'PT-1S'}]}",
        "steps[0].bake | {'steps':[{'percent':5,'bake':'P31D'}]}",
        "evaluation | {'evaluation':'next-ring'}", "evaluation | {'steps':[{'percent':5}],'evaluation':7}",
        "evaluation | {'steps':[{'percent':5}],'evaluation':'Next Ring'}", "evaluation | {'gate':{'max_block_rate':0.1},'evaluation':'next-ring'}" })
    void whatIsNoPlanIsRefusedByItsMember(String member, String text) throws JsonProcessingException {
        JsonNode node = JSON.readTree(text.replace('\'', '"'));
        InvalidPlan refused = catchThrowableOfType(InvalidPlan.class, () -> assertThat(RolloutPlan.read(node)).isNull());
        assertThat(refused.member()).isEqualTo(member);
    }

    @Test
    void tooManyStepsAreRefused() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 1; i <= 10_000; i++) {
            node.withArray("steps").addObject().put("percent", i / 100.0).put("bake", "PT1S");
        }
        assertThat(catchThrowableOfType(InvalidPlan.class, () -> assertThat(RolloutPlan.read(node)).isNull()).member()).isEqualTo("steps");
    }

    @Test
    void aShareHasReachedOneStepAndGoesToTheNext() throws JsonProcessingException {
        RolloutPlan plan = read("{\"steps\":[{\"percent\":5,\"bake\":\"PT1M\"},{\"percent\":25,\"bake\":\"PT2M\"},{\"percent\":100}]}");
        int[][] table = { { 0, 0, 500 }, { 500, 500, 2_500 }, { 700, 500, 2_500 }, { 2_500, 2_500, 10_000 }, { 10_000, 10_000, 0 } };
        for (int[] row : table) {
            Rollout rollout = new Rollout(row[0], Set.of(), Set.of());
            assertThat(plan.reached(rollout).map(RolloutStep::basisPoints).orElse(0)).as("%d", row[0]).isEqualTo(row[1]);
            assertThat(plan.next(rollout).map(RolloutStep::basisPoints).orElse(0)).as("%d", row[0]).isEqualTo(row[2]);
        }
    }

    @Test
    void aGateIsBreachedByTheFirstRateAboveItsLimitAndByNoneWhileThereAreTooFew() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long all = random.nextInt(200);
            RolloutCounts counts = new RolloutCounts(all, part(random, all), part(random, all), part(random, all));
            Map<RolloutRate, Integer> limits = new HashMap<>();
            for (RolloutRate rate : RolloutRate.values()) {
                if (random.nextBoolean()) {
                    limits.put(rate, random.nextInt(5) * 2_500 + random.nextInt(2));
                }
            }
            limits.values().removeIf(limit -> limit > 10_000);
            RolloutGate gate = new RolloutGate(1 + random.nextInt(150), limits);
            Optional<RolloutRate> slow = Optional.empty();
            for (RolloutRate rate : RolloutRate.values()) {
                if (slow.isEmpty() && all >= gate.minReceipts() && limits.containsKey(rate)
                        && BigDecimal.valueOf(counts.of(rate)).divide(BigDecimal.valueOf(all), 12, RoundingMode.HALF_EVEN)
                                .compareTo(BigDecimal.valueOf(limits.get(rate), 4)) > 0) {
                    slow = Optional.of(rate);
                }
            }
            assertThat(gate.breach(counts)).as("%s %s", gate, counts).isEqualTo(slow);
        }
        RolloutGate third = new RolloutGate(1, Map.of(RolloutRate.OVERRIDE, 2_900));
        assertThat(third.breach(new RolloutCounts(100, 29, 0, 0))).as("29 of 100 are not above 0.29").isEmpty();
        assertThat(third.breach(new RolloutCounts(100, 30, 0, 0))).contains(RolloutRate.OVERRIDE);
    }

    private static long part(Random random, long all) {
        return all == 0 ? 0 : random.nextInt((int) all + 1);
    }

    private static RolloutPlan read(String text) throws JsonProcessingException {
        return RolloutPlan.read(JSON.readTree(text));
    }
}
