package io.zeroui.system;

import io.zeroui.system.Ways.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Submits receipts out of order by all ways at once, and of each five one again: a third of those at once by the same way, a third
 * at the same time by another way, a third after all others. What is not answered is sent again until it is. Memory is bounded:
 * lines are made when they are sent.
 */
final class DedupLoad {

    private static final int AGAIN = 5;
    private static final int KINDS = 3;
    private static final int STRIDE = 7919;
    private static final int HUNDRED = 100;

    private final NumberedReceipts receipts;
    private final Ways ways;
    private final int count;
    private final int later;
    private final Map<Way, AtomicInteger> cursors = new EnumMap<>(Way.class);
    private final Map<Way, Queue<Integer>> again = new EnumMap<>(Way.class);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong submitted = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Of the first {@code count} of the receipts. */
    DedupLoad(NumberedReceipts receipts, int count, Ways ways) {
        this.receipts = receipts;
        this.ways = ways;
        this.count = count;
        this.later = (count + AGAIN - 1) / (AGAIN * KINDS);
        for (Way way : Way.values()) {
            cursors.put(way, new AtomicInteger());
            again.put(way, new ConcurrentLinkedQueue<>());
        }
    }

    /** Begins to send by all ways. */
    DedupLoad start() {
        for (Way way : Way.values()) {
            for (int i = 0; i < way.senders(); i++) {
                Thread thread = new Thread(() -> sendAll(way), "dedup-" + way + "-" + i);
                threads.add(thread);
                thread.start();
            }
        }
        return this;
    }

    /** Submissions that were answered so far; fails when one was answered wrongly. */
    long submitted() {
        for (Throwable failure : failures) {
            throw new IllegalStateException(failure);
        }
        return submitted.get();
    }

    /** How many there will be. */
    long total() {
        return count + (count + AGAIN - 1) / AGAIN;
    }

    /** Waits until everything is sent and acknowledged. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        for (Way way : Way.values()) {
            deliver(way, polled(way, Integer.MAX_VALUE));
        }
        submitted();
    }

    private void sendAll(Way way) {
        try {
            for (List<Integer> numbers = next(way); !numbers.isEmpty(); numbers = next(way)) {
                for (int number : numbers) {
                    if (number % AGAIN == 0 && number / AGAIN % KINDS == 1) {
                        again.get(way.next()).add(number);
                    }
                }
                deliver(way, numbers);
                deliver(way, numbers.stream().filter(n -> n % AGAIN == 0 && n / AGAIN % KINDS == 0).toList());
                deliver(way, polled(way, way.together()));
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /** The next numbers that are this way's, out of order; those that come again last of all are behind the others. */
    private List<Integer> next(Way way) {
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < way.together()) {
            int turn = cursors.get(way).getAndIncrement();
            int block = turn / way.percent() * HUNDRED;
            int index = block + way.from() + turn % way.percent();
            if (block >= count + later) {
                break;
            }
            if (index < count) {
                numbers.add((int) ((long) index * STRIDE % count));
            } else if (index < count + later) {
                numbers.add(AGAIN * KINDS * (index - count) + 2 * AGAIN);
            }
        }
        return numbers;
    }

    private List<Integer> polled(Way way, int atMost) {
        List<Integer> numbers = new ArrayList<>();
        for (Integer number = again.get(way).poll(); number != null; number = again.get(way).poll()) {
            numbers.add(number);
            if (numbers.size() == atMost) {
                break;
            }
        }
        return numbers;
    }

    /** Sends until all are taken; a program appends to one file at a time, the others take receipts of all. */
    private void deliver(Way way, List<Integer> numbers) {
        if (way != Way.EDGE_FILE) {
            deliver(way, "", numbers);
            return;
        }
        numbers.stream().collect(Collectors.groupingBy(NumberedReceipts::repository))
                .forEach((repository, some) -> deliver(way, repository, some));
    }

    private void deliver(Way way, String repository, List<Integer> numbers) {
        List<Integer> waiting = numbers;
        while (!waiting.isEmpty()) {
            List<Answer> answers = ways.send(way, repository, waiting.stream().map(receipts::line).toList());
            List<Integer> unknown = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) == Answer.REFUSED) {
                    throw new IllegalStateException(receipts.id(waiting.get(i)) + " was refused by " + way);
                }
                if (answers.get(i) == Answer.UNKNOWN) {
                    unknown.add(waiting.get(i));
                }
            }
            submitted.addAndGet(waiting.size() - (long) unknown.size());
            waiting = unknown;
            pauseIf(!waiting.isEmpty());
        }
    }

    private static void pauseIf(boolean somebodyIsAway) {
        if (somebodyIsAway) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
