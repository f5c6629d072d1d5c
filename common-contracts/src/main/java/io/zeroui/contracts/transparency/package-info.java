/**
 * A tenant's transparency log in its standard forms, so that anyone can check it with tools that are not ours: the Merkle
 * tree of RFC 6962 and its proofs, tiles and entry bundles (C2SP tlog-tiles), and the signed checkpoint (C2SP
 * tlog-checkpoint, signed-note and tlog-cosignature). Bytes in, bytes out: who calls it keeps the files and the keys.
 *
 * <p>
 * Malformed text and bytes are an {@link java.lang.IllegalArgumentException}, a proof or a signature that does not hold
 * is {@link io.zeroui.contracts.transparency.NotVerified}, a tile that is missing or damaged is
 * {@link io.zeroui.contracts.transparency.InvalidTile}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.transparency;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
