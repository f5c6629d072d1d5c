package io.zeroui.product.reports;

/**
 * How much has been counted.
 *
 * @param tenants tenants with evidence
 * @param entries ledger entries counted
 * @param gaps holes between the counted entries: evidence that is still on its way
 */
public record CountTotals(long tenants, long entries, long gaps) {
}
