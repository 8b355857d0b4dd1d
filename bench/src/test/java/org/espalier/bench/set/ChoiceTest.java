package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A | A",
                "(b) | B",
                "The answer is C. | C",
                "Answer: (D) because | D",
                "答案是B | B",
                "I would choose the picture (A). | A",
                "A man stands there | ''",
                "I cannot tell | ''",
                "Either A. or B. | ''",
                "'' | ''",
            })
    void readsTheLetterThatAnAnswerGives(String answer, String letter) {
        assertThat(Choice.letter(answer).orElse("")).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Yes, it is | Yes | true",
                "No | Yes | false",
                "Not sure | No | false",
                "否 | No | true",
                "是的 | 是 | true",
                "Three cats! | three cats | true",
                "B | A | false",
                "Option A | a | true",
            })
    void comparesWithTheRightAnswer(String answer, String right, boolean same) {
        assertThat(Choice.same(answer, right)).isEqualTo(same);
    }
}
