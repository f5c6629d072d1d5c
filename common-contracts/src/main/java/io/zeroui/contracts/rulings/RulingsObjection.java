package io.zeroui.contracts.rulings;

/** Why a document of rulings is refused. The names are stable: they are in status reports. */
public enum RulingsObjection {
    /** Larger than such a document can be. */
    TOO_LARGE,
    /** No JSON, or not of the form of rulings. */
    MALFORMED,
    /** Another document than was announced. */
    WRONG_HASH,
    /** Signed with a key that is not pinned. */
    UNKNOWN_KEY,
    /** Not signed by the key that it names. */
    BAD_SIGNATURE,
    /** Of another organisation than the one before. */
    WRONG_ORGANISATION,
    /** An older version than was believed before. */
    ROLLBACK,
    /** Another document of a version that was believed before. */
    EQUIVOCATION
}
