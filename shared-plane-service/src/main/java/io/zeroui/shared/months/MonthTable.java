package io.zeroui.shared.months;

/** The tables with a partition a month. */
public enum MonthTable {

    /** Reports of the planes. */
    TELEMETRY_HISTORY("telemetry_history"),

    /** Changes of alerts. */
    ALERT_TRANSITIONS("alert_transitions");

    private final String table;

    MonthTable(String table) {
        this.table = table;
    }

    /** Its name in the schema {@code app}. */
    public String table() {
        return table;
    }
}
