package io.zeroui.shared.providers.publication;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.rulings.GateVerdict;
import java.util.List;

/**
 * Where the verdicts of gates come from: a bean of whoever decides them. It is asked before every publication, and every few seconds; who
 * has decided something fires {@link Changed} as an event, and it is asked at once.
 */
public interface VerdictSource {

    /** The verdicts that count now, of each gate and subject's version the newest alone; at most {@value #MOST}, the newest. */
    Uni<List<GateVerdict>> verdicts();

    /** Most verdicts that are published. */
    int MOST = 1_000;

    /** A CDI event: verdicts are others than before. Fire it when they can be read. */
    record Changed() {
    }
}
