package io.zeroui.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalRecord;

class JournalFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void aLineIsReadOrRefusedAndMeansTheSameWhenItIsWrittenAgain(byte[] line) {
        JournalRecord record;
        try {
            record = JournalCodec.read(line);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(JournalCodec.read(JournalCodec.write(record))).isEqualTo(record);
    }
}
