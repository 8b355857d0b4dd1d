package org.espalier.srpo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The order of questions: every epoch all of them, each epoch in an order of its own, a function of the seed alone. */
record QuestionOrder(int questions, long seed) {
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
        SplittableRandom random = new SplittableRandom(seed + 0x632BE59BD9B4E019L * (number + 1));
        for (int i = 0; i < questions; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
