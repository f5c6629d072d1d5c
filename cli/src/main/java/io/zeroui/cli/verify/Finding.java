package io.zeroui.cli.verify;

/**
 * Something that is not as it was.
 *
 * @param kind what kind of thing, for programs
 * @param file where, relative to {@code ZU_ROOT}
 * @param offset the first byte concerned
 * @param text what is wrong, for people
 */
record Finding(Kind kind, String file, long offset, String text) {

    /** What can be wrong; the key is what programs read. */
    enum Kind {
        /** A journal line cannot be read. */
        JOURNAL_DAMAGED,
        /** A journal line is missing, doubled or out of order. */
        JOURNAL_SEQUENCE,
        /** The ledger's time goes back. */
        JOURNAL_TIME,
        /** A receipt is in the journal twice. */
        RECEIPT_TWICE,
        /** An evidence file that the journal names is missing or too short. */
        LINE_MISSING,
        /** A stored line has other bytes than were acknowledged. */
        LINE_CHANGED,
        /** An evidence file has bytes that the journal does not name. */
        LINE_UNKNOWN,
        /** A stored line is no receipt that the ledger would accept. */
        LINE_REFUSED,
        /** The receipt of a line is not the one that the journal names. */
        LINE_EXCHANGED,
        /** A line is blanked without a tombstone that says so. */
        LINE_BLANKED,
        /** A tombstone or the journal says that a line is erased, and it is there. */
        ERASURE_UNDONE,
        /** A line is erased by a tombstone that no checkpoint has. */
        TOMBSTONE_UNSIGNED,
        /** The base that the ledger goes on from is not the one that the journal names, or cannot be read. */
        BASE,
        /** Days are dropped by a line that no checkpoint has. */
        DROP_UNSIGNED,
        /** A line says that days are dropped, and their files are there. */
        DROP_UNDONE,
        /** A signature does not hold, or by no key that the tenant trusts. */
        SIGNATURE,
        /** A line was taken in when its key was revoked already, or in wrong hands. */
        KEY_REVOKED,
        /** A line was taken in before or after its key's validity. */
        KEY_OUT_OF_TIME,
        /** A key file has another key than its document. */
        KEY_SWAPPED,
        /** The document beside a key cannot be read. */
        KEY_DOCUMENT,
        /** The salt and the line do not give the commitment in the journal. */
        COMMITMENT,
        /** There is no checkpoint although the ledger has lines. */
        CHECKPOINT_MISSING,
        /** The checkpoint is not one, is not signed by the log's key, or belongs to another log. */
        CHECKPOINT,
        /** The checkpoint has more lines than the journal. */
        JOURNAL_CUT,
        /** A tile or entry bundle is missing or is not what the journal gives. */
        TILE,
        /** The tree of the journal has another root than the checkpoint. */
        ROOT,
        /** The log does not begin with what an earlier checkpoint says. */
        FORK,
        /** A cosigned checkpoint is none, is another log's, or is not signed by the log's key or by the witness that it names. */
        COSIGNATURE,
        /** A witness has cosigned more lines than the log has. */
        WITNESSED_CUT,
        /** The log does not begin with what a witness has cosigned. */
        WITNESSED_FORK,
        /** A witness that is trusted has not cosigned the log. */
        WITNESS_MISSING;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
