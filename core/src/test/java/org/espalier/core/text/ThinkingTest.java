package org.espalier.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<think>Hm.</think>Yes. | Hm. | Yes.",
                "' <think> Hm. </think> Yes.' | Hm. | Yes.",
                "Hm.</think>Yes. | Hm. | Yes.",
                "<think>Hm. | Hm. | ''",
                "<think></think>Yes. | '' | Yes.",
                "Yes. | '' | Yes.",
                "The mark <think>is quoted</think> here. | '' | The mark <think>is quoted</think> here.",
                "'' | '' | ''",
            })
    void partsThoughtsFromTheAnswer(String text, String thoughts, String answer) {
        assertThat(Thinking.of(text)).isEqualTo(new Thinking(thoughts, answer));
    }

    @Test
    void whatWasPartedIsPutTogetherInOneForm() {
        Thinking parted = Thinking.of("Hm.</think>Yes.");
        assertThat(parted.text()).isEqualTo("<think>\nHm.\n</think>\nYes.");
        assertThat(Thinking.of(parted.text())).isEqualTo(parted);
        Thinking apart = new Thinking("Hm.", "Yes.", true);
        assertThat(apart.text()).isEqualTo("<think apart>\nHm.\n</think>\nYes.");
        assertThat(Thinking.of(apart.text())).isEqualTo(apart);
        assertThat(new Thinking("", "Yes.").text()).isEqualTo("Yes.");
    }
}
