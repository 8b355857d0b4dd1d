package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Seed;
import org.junit.jupiter.api.Test;

class QuestionOrderTest {
    @Test
    void everyEpochHasEveryQuestionOnce() {
        QuestionOrder order = new QuestionOrder(5, Seed.of(0, "order"));
        for (long epoch = 0; epoch < 20; epoch++) {
            assertThat(order.batch(epoch, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
    }

    @Test
    void aBatchMayReachIntoTheNextEpoch() {
        QuestionOrder order = new QuestionOrder(5, Seed.of(0, "order"));
        List<Integer> epochs = new ArrayList<>(order.batch(0, 5));
        epochs.addAll(order.batch(1, 5));
        assertThat(order.batch(0, 3)).isEqualTo(epochs.subList(0, 3));
        assertThat(order.batch(1, 3)).isEqualTo(epochs.subList(3, 6));
        assertThat(order.batch(2, 3)).isEqualTo(epochs.subList(6, 9));
    }

    /** Adapters of earlier runs depend on it. */
    @Test
    void theOrderIsAFunctionOfTheSeed() {
        assertThat(rows(0)).containsExactly(List.of(5, 4, 2, 1), List.of(0, 3, 2, 3), List.of(5, 1, 0, 4));
        assertThat(rows(1)).containsExactly(List.of(5, 4, 3, 0), List.of(2, 1, 0, 3), List.of(2, 5, 1, 4));
    }

    private static List<List<Integer>> rows(long seed) {
        QuestionOrder order = new QuestionOrder(6, Seed.of(seed, "order"));
        return List.of(order.batch(0, 4), order.batch(1, 4), order.batch(2, 4));
    }

    @Test
    void aBatchMayBeLargerThanAnEpoch() {
        assertThat(new QuestionOrder(2, Seed.of(7, "order")).batch(0, 5))
                .hasSize(5)
                .containsOnly(0, 1);
    }
}
