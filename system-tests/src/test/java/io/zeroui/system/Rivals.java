package io.zeroui.system;

import io.zeroui.system.Ways.Answer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two good receipts with one id, each sent by a way of its own at the same time: one of them is in the ledger. */
final class Rivals {

    private static final Set<Way> BOUND_BY_THE_LEDGER = EnumSet.of(Way.TENANT_SINGLE, Way.TENANT_BULK, Way.TENANT_COURIER);

    private final NumberedReceipts receipts;
    private final Ways ways;
    private final int from;
    private final int to;
    /** By number: to whom the ledger promised the place, false for the first of the two and true for the impostor. */
    private final Map<Integer, Set<Boolean>> promised = new ConcurrentHashMap<>();

    /** Of the receipts with these numbers. */
    Rivals(NumberedReceipts receipts, Ways ways, int from, int to) {
        this.receipts = receipts;
        this.ways = ways;
        this.from = from;
        this.to = to;
    }

    /** Sends all of them, every pair of ways in turn, and waits until each has its answer. */
    void meet() throws InterruptedException {
        Way[] all = Way.values();
        for (int number = from; number < to; number++) {
            int turn = number - from;
            meet(number, all[turn % all.length], all[turn / all.length % all.length]);
        }
    }

    private void meet(int number, Way first, Way second) throws InterruptedException {
        Thread other = new Thread(() -> send(number, second, true), "impostor");
        other.start();
        send(number, first, false);
        other.join();
    }

    private void send(int number, Way way, boolean impostor) {
        byte[] line = impostor ? receipts.impostor(number) : receipts.line(number);
        Answer answer = Answer.UNKNOWN;
        while (answer == Answer.UNKNOWN) {
            answer = ways.send(way, NumberedReceipts.repository(number), List.of(line)).get(0);
            if (answer == Answer.UNKNOWN) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        if (answer == Answer.TAKEN && BOUND_BY_THE_LEDGER.contains(way)) {
            promised.computeIfAbsent(number, one -> ConcurrentHashMap.newKeySet()).add(impostor);
        }
    }

    /** Whether the ledger may have this one: it said so, or it said nothing. */
    boolean isRightful(int number, boolean impostor) {
        return number >= from && number < to && promised.getOrDefault(number, Set.of(impostor)).equals(Set.of(impostor));
    }
}
