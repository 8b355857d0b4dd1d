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
                "B because it is cheaper | B",
                "A because it is cheaper | A",
                "A is better than B | A",
                "A品牌更好 | A",
                "我选B | B",
                "The result is \\boxed{B}. | B",
                "So the answer is $\\boxed{\\text{c}}$ | C",
                "Neither A nor B. | ''",
                "None of them: not A, not B. | ''",
                "In the picture a man holds B. | B",
                "In the picture a man stands. | ''",
                "Option A is dear and option B is cheap. Answer: B | B",
                "Option A is dear and option B is cheap. | ''",
                "a dog | ''",
                "b) | B",
                "Both are nice | ''",
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
