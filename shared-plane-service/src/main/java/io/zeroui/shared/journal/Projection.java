package io.zeroui.shared.journal;

import io.smallrye.mutiny.Uni;
import io.zeroui.runtime.tenancy.Statements;
import java.util.List;

/** Computes tables from an area's acts. Every bean of this type is followed; several may follow one area. */
public interface Projection {

    /** The area whose acts it takes. */
    Area area();

    /** Its name among the positions; never changes, for another name begins at the first act. */
    String name();

    /**
     * Writes what the acts, in their order, come to. Runs in the transaction that moves the position behind them, so each act is taken
     * exactly once. The outcome depends on acts and objects only: no clock, no random number, no default of a column. A failure is
     * tried again and holds the area up.
     */
    Uni<Void> apply(Statements in, List<Act> acts);

    /** The tables it writes, with their schema; a rebuild empties them, and the digest is over their rows. */
    List<String> tables();
}
