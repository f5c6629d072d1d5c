package io.zeroui.bench;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit its unit, for example {@code receipts/s} or {@code ms}
 */
record Figure(String name, double value, String unit) {

    static Figure rate(String name, long count, long nanos, String unit) {
        return new Figure(name, count * 1e9 / Math.max(1, nanos), unit);
    }

    String row() {
        return String.format(Locale.ROOT, "| %-58s | %12s | %-12s |", name, number(), unit);
    }

    private String number() {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
