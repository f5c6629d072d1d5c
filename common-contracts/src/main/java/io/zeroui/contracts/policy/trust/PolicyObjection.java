package io.zeroui.contracts.policy.trust;

/** Why metadata or a snapshot is refused. The names are stable: they are in status reports. */
public enum PolicyObjection {
    /** Larger than its kind can be, or than was promised. */
    TOO_LARGE,
    /** No JSON, or not of the form of its kind. */
    MALFORMED,
    /** Of another role than it stands for. */
    WRONG_ROLE,
    /** Of another tenant. */
    WRONG_TENANT,
    /** Too few signatures of keys that count. */
    TOO_FEW_SIGNATURES,
    /** An older version than was believed before. */
    ROLLBACK,
    /** Another document of a version that was believed before. */
    EQUIVOCATION,
    /** A root that is not the next one. */
    SKIPPED_ROOT,
    /** A version so far ahead that nothing newer could ever follow. */
    FAST_FORWARD,
    /** Expired. */
    EXPIRED,
    /** Of another version than was promised. */
    MIXED_VERSIONS,
    /** Of another length or hash than was promised. */
    WRONG_HASH,
    /** A policy that the targets do not have. */
    NOT_A_TARGET,
    /** A delta to something that is not active here, or that does not fit it. */
    WRONG_BASE,
    /** A snapshot that names another policy or version than the one it stands for. */
    WRONG_NAME
}
