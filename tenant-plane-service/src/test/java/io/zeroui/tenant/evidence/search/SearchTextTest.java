package io.zeroui.tenant.evidence.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.index.WordStore;
import io.zeroui.tenant.evidence.index.WordStore.AskedWord;
import io.zeroui.tenant.evidence.search.SearchText.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', nullValues = "none", value = {
            "licence denied ~ licence denied ~ none",
            "licence -test  denied -\"Needs Review\" ~ licence denied ~ test/\"needs review",
            "\"Needs Review\" ~ \"needs review ~ none",
            "a \"B\" c ~ a c/\"b ~ none",
            "-a ~ none ~ a",
            "a - b ~ a - b ~ none",
            "a --b ~ a ~ -b",
            "pre-commit ~ pre-commit ~ none",
            "a\"b c\" ~ a\"b c\" ~ none",
            "say \"half ~ say \"half ~ none",
            "\"\" -\" \" x ~ x ~ none"})
    void aTextIsWordsThatMustBeThereAndSuchAsMustNot(String text, String required, String excluded) {
        SearchText parsed = SearchText.parse(text);
        assertThat(parsed.required()).isEqualTo(required == null ? List.of() : List.of(required.split("/")));
        assertThat(parsed.excluded()).isEqualTo(excluded == null ? List.of() : List.of(excluded.split("/")));
        assertThat(parsed.text()).isEqualTo(text);
    }

    @Test
    void theRarestWordComesFirstAndLeads() {
        Words words = SearchText.parse("b a c -d -e").words(Map.of(0, List.of(new AskedWord("b", 7), new AskedWord("a", 7),
                new AskedWord("c", WordStore.COMMON)), 2, List.of(new AskedWord("e", 1))));
        assertThat(words.required()).containsExactly("a", "b", "c");
        assertThat(words.excluded()).containsExactly(List.of("e"));
        assertThat(words.entries()).isEqualTo(7);
        assertThat(words.areCommon()).isFalse();
        assertThat(words.lead()).isTrue();
        assertThat(words.following().lead()).isFalse();
    }

    @Test
    void aTextWithoutAWordOrWithTooManyIsRefused() {
        assertThatThrownBy(() -> SearchText.parse("the -x").words(Map.of(1, List.of(new AskedWord("x", 1)))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("are not indexed");
        List<AskedWord> sixteen = IntStream.range(0, 16).mapToObj(n -> new AskedWord("w" + n, n)).toList();
        assertThat(SearchText.parse("x -y").words(Map.of(0, sixteen)).required()).hasSize(16);
        assertThatThrownBy(() -> SearchText.parse("x -y").words(Map.of(0, sixteen, 1, List.of(new AskedWord("y", 0)))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("at most 16 words");
    }

    @Test
    void theRecordOfASearchHasItsLengthAndNotItsWords() {
        SearchFilters filters = new SearchFilters(null, null, Map.of(ReceiptFilter.REPO_ID, "r"), SearchText.parse("jane doe"));
        assertThat(filters.words()).isEqualTo("repo_id=r text=(8 characters)");
        assertThat(filters.canonical()).contains("jane doe");
    }
}
