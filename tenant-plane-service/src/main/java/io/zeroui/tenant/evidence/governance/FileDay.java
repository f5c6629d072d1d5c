package io.zeroui.tenant.evidence.governance;

import java.time.LocalDate;

/** The day of an evidence file and of the journal that names its lines, {@code …/dt=YYYY-MM-DD/receipts.jsonl}. */
final class FileDay {

    private static final String PARTITION = "/dt=";

    private FileDay() {
    }

    static LocalDate of(String file) {
        int begin = file.lastIndexOf(PARTITION) + PARTITION.length();
        return LocalDate.parse(file.substring(begin, begin + "YYYY-MM-DD".length()));
    }
}
