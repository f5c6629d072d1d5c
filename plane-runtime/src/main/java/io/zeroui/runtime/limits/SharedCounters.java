package io.zeroui.runtime.limits;

import io.smallrye.mutiny.Uni;

/** Numbers that the instances of a plane share, with a clock that is the same for all of them. */
interface SharedCounters {

    /**
     * An addition and its moment.
     *
     * @param now the shared clock in nanoseconds, at least {@link Lease#CLOCK_LEAST_NANOS}
     * @param after the number after the addition
     */
    record Added(long now, long after) {
    }

    /** Adds to a number, 0 if there is none, and keeps it for at least the given time. */
    Uni<Added> add(String name, long nanos, long keepMillis);

    /** Adds to a number that was added to before, and keeps it for at least the given time. */
    Uni<Void> correct(String name, long nanos, long keepMillis);

    /** Writes a number anew and keeps it for the given time. */
    Uni<Void> replace(String name, long value, long keepMillis);
}
