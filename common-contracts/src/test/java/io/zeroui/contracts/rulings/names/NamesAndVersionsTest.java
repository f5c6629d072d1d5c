package io.zeroui.contracts.rulings.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NamesAndVersionsTest {

    @Test
    void versionsHaveTheirAges() {
        List<String> ages = List.of("v1", "0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-rc.1", "1.0.0-rc.11", "1.0.0", "1.0.1",
                "1.9", "1.10", "2024-05-13", "2024-08-06", "20240101");
        for (int i = 0; i < ages.size(); i++) {
            for (int k = 0; k < ages.size(); k++) {
                assertThat(Integer.signum(VersionOrder.INSTANCE.compare(ages.get(i), ages.get(k)))).as("%s, %s", ages.get(i), ages.get(k))
                        .isEqualTo(Integer.signum(Integer.compare(i, k)));
            }
        }
        assertThat(VersionOrder.INSTANCE.compare("1.0", "1.0.0+build.7")).isZero();
    }

    @Property(tries = 2_000)
    void theOrderIsOne(@ForAll @StringLength(min = 1, max = 8) @Chars({ '.', '-', '0', '1', '9', 'a' }) String a,
            @ForAll @StringLength(min = 1, max = 8) @Chars({ '.', '-', '0', '1', '9', 'a' }) String b,
            @ForAll @StringLength(min = 1, max = 8) @Chars({ '.', '-', '0', '1', '9', 'a' }) String c) {
        VersionOrder order = VersionOrder.INSTANCE;
        assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
            assertThat(order.compare(a, c)).as("%s, %s, %s", a, b, c).isLessThanOrEqualTo(0);
        }
    }

    @Property(tries = 3_000)
    void aPatternMatchesWhatItsRegularExpressionDoes(@ForAll @StringLength(min = 1, max = 8) @Chars({ '*', 'a', 'b', '/' }) String pattern,
            @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'b') @Chars('/') String name) {
        String regex = pattern.chars().mapToObj(c -> c == '*' ? ".*" : String.valueOf((char) c)).collect(Collectors.joining());
        assertThat(NamePattern.parse(pattern).matches(name)).as("%s, %s", pattern, name).isEqualTo(name.matches(regex));
    }

    @Property(tries = 2_000)
    void whatMatchesHasTheFirstSegmentThatThePatternSays(@ForAll @StringLength(min = 1, max = 6) @Chars({ '*', 'a', '/' }) String pattern,
            @ForAll @StringLength(min = 1, max = 8) @Chars({ 'a', '/' }) String name) {
        NamePattern read = NamePattern.parse(pattern);
        String first = read.firstSegment();
        if (first != null && read.matches(name)) {
            assertThat(name.split("/", -1)[0]).isEqualTo(first);
        }
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String wrong : List.of("", "Acme", "acme/", "/acme", "acme//chat", "a/b/c/d/e", "acme chat", "-acme", "acme/../chat", "é")) {
            assertThatThrownBy(() -> ResourceName.require(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", "1.0/2", "-1", "1.", "V1", "1 0")) {
            assertThatThrownBy(() -> ResourceName.requireVersion(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", " ", ">=", "1 ||", "~1", "^1.2", ">= 1", "a b >c@d")) {
            assertThatThrownBy(() -> VersionRange.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", "A*", "a?c", "*********", "a*é")) {
            assertThatThrownBy(() -> NamePattern.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ResourceName.require("meta/llama-3.1_8b")).isEqualTo("meta/llama-3.1_8b");
    }
}
