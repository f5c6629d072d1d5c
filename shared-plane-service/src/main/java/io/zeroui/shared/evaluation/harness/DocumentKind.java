package io.zeroui.shared.evaluation.harness;

import java.util.Locale;

/** What the harness keeps in versions. */
public enum DocumentKind {
    DATASET,
    SUITE,
    GATE;

    /** As tables and paths have it, for example {@code suite}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
