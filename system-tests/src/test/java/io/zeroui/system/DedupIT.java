package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.system.Ways.Answer;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Receipts that come more than once, out of order, by the edge's HTTP, the edge's files, the ledger's HTTP and couriers at once, while
 * services are killed: each is in the ledger once, byte for byte, and of two with one id one.
 */
class DedupIT {

    /** Every pair of ways once. */
    private static final int RIVALS = Way.values().length * Way.values().length;
    private static final int LATE_EACH_WAY = 4;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    @Test
    void fewThousandReceiptsSubmittedTwiceByAllWaysAreInTheLedgerOnceAfterTwoKills() throws Exception {
        everyReceiptIsThereOnce(Integer.getInteger("testing.dedup.receipts", 4_000), 2, Duration.ofMinutes(2));
    }

    @Test
    @Tag("long")
    void aMillionReceiptsSubmittedTwiceByAllWaysAreInTheLedgerOnceAfterTenKills() throws Exception {
        everyReceiptIsThereOnce(Integer.getInteger("testing.dedup.receipts", 1_000_000), 10, Duration.ofHours(2));
    }

    private static void everyReceiptIsThereOnce(int count, int kills, Duration patience) throws Exception {
        long seed = System.nanoTime();
        System.out.println("dedup: seed " + seed);
        try (TempZuRoot fabric = TempZuRoot.create();
                RunningPlanes planes = RunningPlanes.start(fabric.path(), Map.of("ZEROUI_OUTBOX_RESEND_FIRST", "PT3S"))) {
            NumberedReceipts receipts = new NumberedReceipts(trusted(fabric.path()), count + RIVALS, seed);
            Ways ways = new Ways(planes);
            Rivals rivals = new Rivals(receipts, ways, count, count + RIVALS);
            await().atMost(READY).pollInterval(POLL).ignoreExceptions().until(() -> List.of(Answer.TAKEN, Answer.TAKEN)
                    .equals(List.of(first(ways, receipts, Way.EDGE_SINGLE), first(ways, receipts, Way.TENANT_SINGLE))));

            DedupLoad load = new DedupLoad(receipts, count, ways).start();
            Thread meeting = new Thread(() -> meet(rivals), "rivals");
            meeting.start();
            for (int kill = 1; kill <= kills; kill++) {
                long due = load.total() * kill / (kills + 1);
                await().atMost(patience).pollInterval(POLL).until(() -> load.submitted() >= due);
                Fault fault = kill % 2 == 1 ? Fault.KILL_IDE : Fault.KILL_TENANT;
                System.out.println("dedup: " + fault + " after " + load.submitted() + " of " + load.total());
                fault.begin(planes);
                fault.end(planes);
            }
            load.join();
            meeting.join();
            assertThat(load.submitted()).isEqualTo(load.total());

            LedgerCheck check = new LedgerCheck(planes.runtime(), planes.zuRoot());
            settle(check, count + RIVALS, patience);
            everyNumberIsThereOnce(check, receipts, rivals, count);
            whoComesLaterIsRefused(check, receipts, ways);
            settle(check, count + RIVALS, patience);
            everyNumberIsThereOnce(check, receipts, rivals, count);
            check.chainsAreUnbroken();
            new Operators(planes).verifyAllLedgers();
        }
    }

    /** An emitter whom the edge and the tenant trust. */
    private static SignedReceipts trusted(Path zuRoot) throws IOException {
        SignedReceipts emitter = SignedReceipts.withNewKey("dedup-key").trustedBy(zuRoot);
        Path folder = new ZuRoot(zuRoot).tenantTrustFolder(TenantId.of("local"), Region.of("local"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(emitter.kid() + ".pem"), SpkiPem.write(emitter.keys().publicKey()));
        return emitter;
    }

    private static Answer first(Ways ways, NumberedReceipts receipts, Way way) {
        return ways.send(way, NumberedReceipts.repository(0), List.of(receipts.line(0))).get(0);
    }

    private static void meet(Rivals rivals) {
        try {
            rivals.meet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void settle(LedgerCheck check, int expected, Duration patience) {
        await().atMost(patience).pollInterval(Duration.ofSeconds(1)).ignoreExceptions().untilAsserted(() -> {
            assertThat(check.outboxRows()).isZero();
            assertThat(check.rows()).isEqualTo(expected);
            assertThat(check.counted()).isEqualTo(expected);
        });
    }

    private static void everyNumberIsThereOnce(LedgerCheck check, NumberedReceipts receipts, Rivals rivals, int count) {
        BitSet seen = new BitSet(receipts.count());
        List<String> wrong = new ArrayList<>();
        check.eachEvidenceLine(line -> {
            int number = receipts.number(line).orElseThrow();
            boolean genuine = receipts.isGenuine(number, line);
            if (seen.get(number) || !(number < count ? genuine : rivals.isRightful(number, !genuine))) {
                wrong.add(receipts.id(number));
            }
            seen.set(number);
        });
        assertThat(wrong).as("receipts that are there twice or with other bytes").isEmpty();
        assertThat(seen.cardinality()).as("receipts that are there").isEqualTo(receipts.count());
    }

    /** The ledger refuses at once; the edge at once or, where it never heard of the receipt, by the ledger's dead letter. */
    private static void whoComesLaterIsRefused(LedgerCheck check, NumberedReceipts receipts, Ways ways) {
        List<String> expected = new ArrayList<>();
        int number = 1;
        for (Way way : Way.values()) {
            for (int i = 0; i < LATE_EACH_WAY; i++, number++) {
                byte[] line = receipts.impostor(number);
                Answer answer = ways.send(way, NumberedReceipts.repository(number), List.of(line)).get(0);
                assertThat(answer).as("%s by %s", receipts.id(number), way)
                        .isIn(way.name().startsWith("EDGE") ? List.of(Answer.REFUSED, Answer.TAKEN) : List.of(Answer.REFUSED));
                if (answer == Answer.TAKEN) {
                    expected.add(Base64.getEncoder().encodeToString(line));
                }
            }
        }
        await().atMost(READY).pollInterval(POLL).untilAsserted(() -> {
            List<String> kept = check.keptAside();
            assertThat(expected).allSatisfy(line -> assertThat(kept).anySatisfy(
                    letter -> assertThat(letter).contains(line).contains("CONFLICTING_DUPLICATE")));
        });
    }
}
