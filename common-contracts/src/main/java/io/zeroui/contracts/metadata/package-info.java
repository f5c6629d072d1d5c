/**
 * The metadata-only rule: no source code, no secret and no personal data in what planes exchange. The detectors are
 * heuristics: they aim at finding what tools put into receipts by mistake, and at leaving hashes, ids, URLs, versions
 * and times alone.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.metadata;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
