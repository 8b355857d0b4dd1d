package org.espalier.srpo.train;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which process computes which question of a batch: the longest first, each by the process that has the fewest tokens so far.
 *
 * @param owners of the questions, in their order
 */
record QuestionShares(List<Integer> owners) {
    QuestionShares {
        owners = List.copyOf(owners);
    }

    /**
     * Shares a batch out.
     *
     * @param tokens of each question
     */
    static QuestionShares of(List<Integer> tokens, int processes) {
        long[] shares = new long[processes];
        List<Integer> owners = Stream.generate(() -> 0)
                .limit(tokens.size())
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        List<Integer> longest = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparing(tokens::get, Collections.reverseOrder()))
                .toList();
        for (int question : longest) {
            int owner = IntStream.range(0, processes)
                    .boxed()
                    .min(Comparator.comparingLong(process -> shares[process]))
                    .orElseThrow();
            owners.set(question, owner);
            shares[owner] += tokens.get(question);
        }
        return new QuestionShares(owners);
    }

    /** The questions of one process, as places in the batch. */
    List<Integer> of(int process) {
        return IntStream.range(0, owners.size())
                .filter(i -> owners.get(i) == process)
                .boxed()
                .toList();
    }
}
