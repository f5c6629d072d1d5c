package io.zeroui.tenant.evidence.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.receipts.EvaluationPoint;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptKind;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TenantQueueTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private final TenantQueue queue = new TenantQueue(TenantId.of("acme"), 3);

    @Test
    void beginsWithTheFilesAndGoesOnInMemoryWhenTheyAreIndexed() {
        assertThat(queue.isFromFiles()).isTrue();
        assertThat(queue.offer(lines(4, 5), true)).isZero();

        assertThat(queue.moved(mark(5))).isZero();

        assertThat(queue.isFromFiles()).isFalse();
        assertThat(queue.offer(lines(6, 8), true)).isEqualTo(3);
        assertThat(queue.peek(2)).extracting(LedgerLine::sequence).containsExactly(6L, 7L);
        assertThat(queue.moved(mark(7))).isEqualTo(2);
        assertThat(queue.lag()).isEqualTo(1);
    }

    @Test
    void withoutRoomLinesAreReadFromTheFilesLater() {
        assertThat(queue.moved(mark(3))).isZero();

        assertThat(queue.offer(lines(4, 5), true)).isEqualTo(2);
        assertThat(queue.offer(lines(6, 9), false)).isZero();

        assertThat(queue.isFromFiles()).isTrue();
        assertThat(queue.lag()).isEqualTo(6);
        assertThat(queue.moved(mark(9))).as("lines in memory that the files overtook").isEqualTo(2);
        assertThat(queue.isFromFiles()).isFalse();
    }

    @Test
    void anIndexThatFellBackIsFedFromTheFiles() {
        assertThat(queue.moved(mark(3))).isZero();
        assertThat(queue.offer(lines(4, 4), true)).isEqualTo(1);

        assertThat(queue.moved(Watermark.NOTHING)).isZero();

        assertThat(queue.isFromFiles()).isTrue();
    }

    @Test
    void linesReadAheadAreOnlyForTheirPlaceAndOnlyOnce() {
        JournalPosition place = new JournalPosition(DAY, 100);
        List<LedgerLine> next = lines(4, 5);
        queue.keepAhead(place, next);
        assertThat(queue.takeAhead(place)).containsSame(next);
        assertThat(queue.takeAhead(place)).isEmpty();

        queue.keepAhead(place, next);
        assertThat(queue.takeAhead(new JournalPosition(DAY, 99))).isEmpty();
        assertThat(queue.takeAhead(place)).as("passed over once, they are read again").isEmpty();

        queue.keepAhead(place, next);
        queue.reread(5);
        assertThat(queue.takeAhead(place)).isEmpty();
        queue.keepAhead(place, List.of());
        assertThat(queue.takeAhead(place)).isEmpty();
    }

    @Test
    void whoWaitsIsToldWhenEverythingIsIndexed() {
        var waiting = queue.whenCaughtUp().subscribe().withSubscriber(UniAssertSubscriber.create());
        queue.settle();
        waiting.assertNotTerminated();

        assertThat(queue.moved(mark(3))).isZero();
        queue.settle();

        waiting.assertCompleted();
    }

    @Test
    void filesThatEndEarlyEndTheWaitUnlessTheJournalGrewMeanwhile() {
        assertThat(queue.moved(mark(2))).isZero();
        assertThat(queue.offer(lines(4, 4), true)).isZero();
        queue.filesEnded(3);
        assertThat(queue.isFromFiles()).isTrue();

        queue.filesEnded(4);
        assertThat(queue.isFromFiles()).isFalse();
        assertThat(queue.lag()).isZero();
    }

    private static Watermark mark(long sequence) {
        return new Watermark(sequence, new JournalPosition(DAY, sequence * 100));
    }

    private static List<LedgerLine> lines(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TenantQueueTest::line).toList();
    }

    private static LedgerLine line(long sequence) {
        ReceiptId id = ReceiptId.of("r" + sequence);
        RepoId repo = RepoId.of("core-api");
        JournalEntry entry = new JournalEntry(sequence, id, repo, DAY, 0, 1, Hash.ZERO, Instant.EPOCH,
                new Commitment(null, Hash.ZERO), null);
        ReceiptHeader header = new ReceiptHeader(id, ReceiptKind.DECISION, "gate", repo, Instant.EPOCH,
                EvaluationPoint.UNKNOWN, null, null, null, "ide", "default", "unknown", List.of(), null, false, false, null,
                null, null, "", List.of(), Kid.of("k"));
        return LedgerLine.receipt(new JournalLine(entry, new JournalPosition(DAY, sequence * 100)), header,
                SignatureVerdict.verified(Instant.EPOCH), 0);
    }
}
