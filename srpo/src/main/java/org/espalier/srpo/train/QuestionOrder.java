package org.espalier.srpo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.core.Seed;

/** The order of questions: every epoch all of them, each epoch in an order of its own, a function of the seed alone. */
record QuestionOrder(int questions, Seed seed) {
    /** The questions of one batch, as numbers from 0; a batch may reach into the next epoch. */
    List<Integer> batch(long number, int size) {
        List<Integer> batch = new ArrayList<>();
        for (long at = number * size; at < (number + 1) * size; at++) {
            batch.add(epoch(at / questions)[(int) (at % questions)]);
        }
        return batch;
    }

    private int[] epoch(long number) {
        int[] order = new int[questions];
        SplittableRandom random = seed.and(number).random();
        for (int i = 0; i < questions; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
