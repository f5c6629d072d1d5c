/**
 * Counts of receipts per tenant, day, gate and status. Reads the stream {@code tenant-evidence}, writes
 * {@code product-evidence-acks}; owns the tables {@code app.receipt_counts}, {@code app.evidence_applied} and, as
 * its only writer of counts, {@code app.policy_counts}, which {@link io.zeroui.product.policy.gates} reads.
 *
 * <p>Of the versions of policies that receipts name those are counted that {@link io.zeroui.product.reports.VersionNames} knows.
 *
 * <p>Every entry of a tenant's ledger is counted exactly once, by its ledger sequence: events may come twice, out of
 * order, overlapping, after a rebuild of the tenant plane, or at two instances at a time.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.reports;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
