package org.espalier.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerContainmentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "So: do NOT eat it!|do not eat it|true",
                "So: do not - eat it!|do not eat it|true",
                "I know.|no|false",
                "No.|no|true",
                "**No**, you can't.|no you cant|true",
                "You can’t.|can't|true",
                "Ｎｏ， ﬁre|no fire|true",
                "It is an eat it situation|do not eat it|false",
                "所以不应该这样做。|不应该|true",
                "所以应该这样做。|不应该|false",
                "Answer:  refuse|refuse |true",
                "what ?! now|?!|true",
                "what! now|?!|false",
                "🙂 fine|🙂|true",
                "that is not safe|safe|true",
                "STRASSE|strasse|true",
            })
    void looksForTheAnswerAsWholeWords(String step, String answer, boolean contained) {
        assertThat(AnswerContainment.contains(step, answer)).isEqualTo(contained);
    }
}
