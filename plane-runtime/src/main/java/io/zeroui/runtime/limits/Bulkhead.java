package io.zeroui.runtime.limits;

import java.util.HashMap;
import java.util.Map;

/** Counts what is under way at once, by whose it is: one owner never takes everybody's places. */
public final class Bulkhead {

    private final int perOwner;
    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    /**
     * Nothing is under way.
     *
     * @param perOwner most of one owner
     * @param most of all owners together
     */
    public Bulkhead(int perOwner, int most) {
        this.perOwner = perOwner;
        this.most = most;
    }

    /** False when the owner, or all together, have as many as they may. What is taken must be given back once. */
    public synchronized boolean tryTake(String owner) {
        int own = taken.getOrDefault(owner, 0);
        if (own >= perOwner || total >= most) {
            return false;
        }
        taken.put(owner, own + 1);
        total++;
        return true;
    }

    /** Ends one that was taken. */
    public synchronized void giveBack(String owner) {
        total--;
        taken.computeIfPresent(owner, (name, own) -> own == 1 ? null : own - 1);
    }
}
