package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionSharesTest {
    @Test
    void sharesTokensOutRatherThanQuestions() {
        QuestionShares shares = QuestionShares.of(List.of(10, 90, 40, 30, 20), 2);

        // 90 to the first; 40, 30 and 20 to the second, which has as many then; 10 to the first.
        assertThat(shares.owners()).containsExactly(0, 0, 1, 1, 1);
        assertThat(shares.of(1)).containsExactly(2, 3, 4);
    }

    @Test
    void ofFewerQuestionsThanProcessesSomeHaveNone() {
        QuestionShares shares = QuestionShares.of(List.of(5, 5), 3);
        assertThat(shares.owners()).containsExactly(0, 1);
        assertThat(shares.of(2)).isEmpty();
    }
}
