package io.zeroui.shared.journal;

import java.nio.file.Path;

/** A part of the shared plane's files with a journal of its own. */
public enum Area {
    /** Providers, models, adapters, and the rules by which they may be used. */
    PROVIDER_REGISTRY("provider-registry"),
    /** Suites, datasets, graders, gates. */
    EVAL_HARNESS("eval/harness"),
    /** Runs and their scores. */
    EVAL_RESULTS("eval/results"),
    /** Bills of materials and what is said about vulnerabilities in them. */
    SBOM("security/sbom"),
    /** Attestations and whose are trusted. */
    SUPPLY_CHAIN("security/supply-chain");

    private final String path;

    Area(String path) {
        this.path = path;
    }

    /** Its name in tables and messages: the path below the organisation's folder, for example {@code eval/harness}. */
    public String key() {
        return path;
    }

    Path below(Path folder) {
        return folder.resolve(path);
    }
}
