package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Under load, with services killed, databases and Redis stopped, killed and flushed: nothing acknowledged is lost. */
class FaultsIT {

    private static final Duration SETTLED = Duration.ofSeconds(120);

    @Test
    void everyAcknowledgedReceiptIsInTheLedgerOnceAfterFiveKillsAndEveryOutage() throws IOException, InterruptedException {
        survive(5);
    }

    @Test
    @Tag("long")
    void everyAcknowledgedReceiptIsInTheLedgerOnceAfterFiftyKillsAndEveryOutage() throws IOException, InterruptedException {
        survive(50);
    }

    private static void survive(int kills) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("faults: seed " + seed);
        Random random = new Random(seed);
        try (TempZuRoot fabric = TempZuRoot.create();
                RunningPlanes planes = RunningPlanes.start(fabric.path(), Map.of(
                        "ZEROUI_OUTBOX_RESEND_FIRST", "PT3S"))) {
            SignedReceipts emitter = SignedReceipts.withNewKey("fault-key").trustedBy(fabric.path());
            Load load = new Load(planes, emitter).start();
            try (load) {
                for (int round = 0; round < kills; round++) {
                    strike(Fault.kill(round, random), planes, random);
                }
                for (Fault outage : Fault.outages()) {
                    strike(outage, planes, random);
                }
            }
            settle(planes, load);
        }
    }

    private static void strike(Fault fault, RunningPlanes planes, Random random) {
        sleep(500 + random.nextInt(1500));
        System.out.println("faults: " + fault);
        fault.begin(planes);
        sleep(200 + random.nextInt(1500));
        fault.end(planes);
    }

    private static void settle(RunningPlanes planes, Load load) throws IOException, InterruptedException {
        planes.awaitReady();
        Map<String, Hash> acknowledged = load.acknowledged();
        LedgerCheck check = new LedgerCheck(planes.runtime(), planes.zuRoot());
        await().atMost(SETTLED).pollInterval(Duration.ofMillis(500)).ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(check.rows()).isGreaterThanOrEqualTo(acknowledged.size());
                    assertThat(check.outboxRows()).isZero();
                    assertThat(check.counted()).isEqualTo(check.rows());
                });
        System.out.println("faults: " + acknowledged.size() + " receipts acknowledged, " + check.rows() + " in the ledger");
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(load.refused()).as("valid receipts that were refused").isZero();
        check.everyLineIsThereOnce(acknowledged);
        check.chainsAreUnbroken();
        new Operators(planes).verifyAllLedgers();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
