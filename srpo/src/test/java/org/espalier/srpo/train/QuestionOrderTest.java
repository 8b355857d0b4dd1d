package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionOrderTest {
    @Test
    void everyEpochHasEveryQuestionOnce() {
        QuestionOrder order = new QuestionOrder(5, 0);
        for (long epoch = 0; epoch < 20; epoch++) {
            assertThat(order.batch(epoch, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
    }

    @Test
    void aBatchMayReachIntoTheNextEpoch() {
        QuestionOrder order = new QuestionOrder(5, 0);
        List<Integer> epochs = new ArrayList<>(order.batch(0, 5));
        epochs.addAll(order.batch(1, 5));
        assertThat(order.batch(0, 3)).isEqualTo(epochs.subList(0, 3));
        assertThat(order.batch(1, 3)).isEqualTo(epochs.subList(3, 6));
        assertThat(order.batch(2, 3)).isEqualTo(epochs.subList(6, 9));
    }

    /** Adapters of earlier runs depend on it. */
    @Test
    void theOrderIsAFunctionOfTheSeed() {
        assertThat(rows(0)).containsExactly(List.of(5, 4, 2, 0), List.of(3, 1, 1, 2), List.of(5, 4, 3, 0));
        assertThat(rows(1)).containsExactly(List.of(5, 2, 3, 0), List.of(4, 1, 5, 1), List.of(3, 0, 2, 4));
    }

    private static List<List<Integer>> rows(long seed) {
        QuestionOrder order = new QuestionOrder(6, seed);
        return List.of(order.batch(0, 4), order.batch(1, 4), order.batch(2, 4));
    }

    @Test
    void aBatchMayBeLargerThanAnEpoch() {
        assertThat(new QuestionOrder(2, 7).batch(0, 5)).hasSize(5).containsOnly(0, 1);
    }
}
