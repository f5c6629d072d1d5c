package io.zeroui.runtime.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.runtime.downloads.ByteRange.Asked;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({"bytes=0-0,0,1", "bytes=0-,0,100", "bytes=99-,99,1", "bytes=10-19,10,10", "bytes=10-1000,10,90", "bytes=-1,99,1",
            "bytes=-100,0,100", "bytes=-1000,0,100"})
    void oneRangeIsServed(String header, long offset, long length) {
        assertThat(ByteRange.parse(header, 100)).isEqualTo(new Asked.Part(new ByteRange(offset, length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void whatTheFileDoesNotHaveIsNotServed(String header) {
        assertThat(ByteRange.parse(header, 100)).isInstanceOf(Asked.Outside.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=1-0", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=0x1-",
            "bytes=9999999999999999999-", "bytes=--1"})
    void whatIsNoSingleRangeGivesTheWholeFile(String header) {
        assertThat(ByteRange.parse(header, 100)).isInstanceOf(Asked.Whole.class);
    }

    @Property
    void aPartLiesWithinTheFile(@ForAll @LongRange(min = 0, max = 1000) long first, @ForAll @LongRange(min = 0, max = 1000) long last,
            @ForAll @LongRange(min = 0, max = 500) long length) {
        if (ByteRange.parse("bytes=" + first + "-" + last, length) instanceof Asked.Part part) {
            assertThat(part.range().offset()).isEqualTo(first);
            assertThat(part.range().length()).isPositive();
            assertThat(part.range().offset() + part.range().length()).isLessThanOrEqualTo(length);
        }
        if (ByteRange.parse("bytes=-" + last, length) instanceof Asked.Part part) {
            assertThat(part.range().offset() + part.range().length()).isEqualTo(length);
        }
    }
}
