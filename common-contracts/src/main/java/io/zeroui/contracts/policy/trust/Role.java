package io.zeroui.contracts.policy.trust;

import java.util.Set;

/**
 * Whose signatures count, and how many different ones must be there.
 *
 * @param keyIds of the keys, see {@link KeyIds#of}
 * @param threshold 1 to the number of keys
 */
public record Role(Set<String> keyIds, int threshold) {

    public Role {
        keyIds = Set.copyOf(keyIds);
        if (threshold < 1 || threshold > keyIds.size()) {
            throw new IllegalArgumentException("a role of " + keyIds.size() + " keys has a threshold of 1 to as many, not " + threshold);
        }
    }
}
