/**
 * Exports of a tenant's receipts: asked for, written in the background, fetched by an expiring link. Writes
 * {@code tenant/{tenant}/{region}/evidence/exports/{export}}, reads the index and the evidence files; has no table. ADR 0029 says
 * what can go wrong.
 *
 * <p>
 * What is on the disk, and what a crash behind it leaves:
 * <ol>
 * <li><b>{@code export.json}, state queued:</b> the export is run, at the next start if need be. That it is running is known to
 * the process alone.</li>
 * <li><b>{@code .data.tmp}</b>, growing: removed at the next start, and the export runs from its beginning.</li>
 * <li><b>{@code data.…}</b>, synced and renamed, and {@code export.json} still queued: the same.</li>
 * <li><b>{@code export.json}, state done</b>, with the hash of the file: it is there until it expires.</li>
 * <li><b>The file removed,</b> {@code export.json} still done: it has expired.</li>
 * </ol>
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.export;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
