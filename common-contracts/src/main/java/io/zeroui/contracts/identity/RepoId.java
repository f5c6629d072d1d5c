package io.zeroui.contracts.identity;

import java.util.Set;

/** A repository, kebab-case; never the name of a folder that lies beside the repositories in the fabric. */
public record RepoId(String value) {

    // before the constant below, whose check needs it
    private static final Set<String> RESERVED = Set.of("quarantine", "checkpoints", "index");

    /** Repository of the probe receipts by which the system tests itself. */
    public static final RepoId SELFCHECK = new RepoId("zeroui-selfcheck");

    public RepoId {
        Names.requireKebab("repo id", value);
        if (RESERVED.contains(value)) {
            throw new IllegalArgumentException("repo id must not be the reserved name " + value);
        }
    }

    /**
     * The checked identifier.
     *
     * @throws IllegalArgumentException when the value does not have the form of a repo id
     */
    public static RepoId of(String value) {
        return new RepoId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
