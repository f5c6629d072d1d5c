package io.zeroui.contracts.attestation.dsse;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a statement is about.
 *
 * @param name how the statement calls it; empty when it does not
 * @param digests its hashes in lower-case hex by the algorithm's name, for example {@code sha256}
 */
public record Subject(String name, SortedMap<String, String> digests) {

    public Subject {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** Whether one of its digests is this one, for example {@code sha256:} and 64 hex digits. */
    public boolean has(String digest) {
        int colon = digest.indexOf(':');
        return colon > 0 && digest.substring(colon + 1).equals(digests.get(digest.substring(0, colon)));
    }

    /** A subject with one digest. */
    public static Subject of(String name, String algorithm, String hex) {
        return new Subject(name, new TreeMap<>(Map.of(algorithm, hex)));
    }
}
