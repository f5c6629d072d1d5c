package io.zeroui.runtime.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * A table whose rows move with their tenant. All columns are copied but identities, which the new home gives anew.
 *
 * @param name in the schema of every home
 * @param growsBy a column by which new rows always come last, so that most can be copied before writers wait; all rows of one
 *            value are written together; null for a table whose rows change
 * @param isQueue whether rows may go meanwhile, because somebody has taken them: the copy may have more
 */
public record MovedTable(String name, @Nullable String growsBy, boolean isQueue) {

    /** Rows are added at the end and stay. */
    public static MovedTable growing(String name, String by) {
        return new MovedTable(name, by, false);
    }

    /** Rows change. */
    public static MovedTable changing(String name) {
        return new MovedTable(name, null, false);
    }

    /** Rows are added at the end and taken. */
    public static MovedTable queue(String name, String by) {
        return new MovedTable(name, by, true);
    }
}
