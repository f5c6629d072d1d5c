package io.zeroui.product.vectors.model;

import java.time.Instant;

/**
 * A collection as it is.
 *
 * @param id number of the collection, never given again
 * @param name its own name, also where an alias was asked for
 * @param spec what it was made as, with what was changed since
 * @param revision grows with every change of spec and place
 * @param placement number of the partition that its points are in; 0 for the one that small collections share
 * @param source partition that its points are being moved out of; equal to placement where none are
 * @param isIndexed whether the partition has the index of the spec; small collections need none
 * @param createdAt when it was made
 */
public record CollectionInfo(long id, CollectionName name, CollectionSpec spec, long revision, int placement, int source, boolean isIndexed,
        Instant createdAt) {

    /** Whether points are on their way from one partition to another; searches find all of them meanwhile. */
    public boolean isMoving() {
        return placement != source;
    }
}
