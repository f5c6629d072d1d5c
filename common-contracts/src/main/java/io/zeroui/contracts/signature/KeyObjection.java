package io.zeroui.contracts.signature;

/** What speaks against a signature although it is the key's: the key was not to be believed at the time in question. */
public enum KeyObjection {
    /** The document beside the key has the fingerprint of another key: somebody put this one in its place. */
    SWAPPED("is not the key that was trusted under this id"),
    /** The document beside the key cannot be read, so nobody knows whether the key is still to be believed. */
    DOCUMENT_DAMAGED("has a document that cannot be read"),
    /** Taken in when the key was revoked or, as was found out later, already in wrong hands. */
    REVOKED("was revoked"),
    /** Taken in before the key's time. */
    NOT_YET_VALID("was not valid yet"),
    /** Taken in after the key's time. */
    EXPIRED("was not valid any more");

    private final String words;

    KeyObjection(String words) {
        this.words = words;
    }

    /** In words that follow "key {kid}". */
    public String words() {
        return words;
    }
}
