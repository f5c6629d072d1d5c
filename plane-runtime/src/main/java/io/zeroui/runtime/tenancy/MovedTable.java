package io.zeroui.runtime.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * A table whose rows move with their tenant. All columns are copied but identities, which the new home gives anew.
 *
 * @param name in the schema of every home
 * @param growsBy a column by which new rows always come last, so that most can be copied before writers wait; null for a
 *            table whose rows change
 */
public record MovedTable(String name, @Nullable String growsBy) {
}
