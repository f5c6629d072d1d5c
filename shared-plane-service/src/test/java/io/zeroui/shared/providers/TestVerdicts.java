package io.zeroui.shared.providers;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.shared.providers.publication.VerdictSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Verdicts that a test gives. */
@ApplicationScoped
public class TestVerdicts implements VerdictSource {

    private volatile List<GateVerdict> all = List.of();

    /** What it says from now on. */
    public void say(List<GateVerdict> verdicts) {
        all = verdicts;
    }

    @Override
    public Uni<List<GateVerdict>> verdicts() {
        return Uni.createFrom().item(() -> all);
    }
}
