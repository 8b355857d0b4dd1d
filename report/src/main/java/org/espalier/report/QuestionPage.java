package org.espalier.report;

import java.util.List;
import java.util.Optional;

/**
 * What a page about one answer shows.
 *
 * @param file its name beside the index of its run
 * @param labels of the verdict, first the one that the index filters by
 * @param steps where the answer is a path; else empty and {@code answer} is shown
 * @param wrong number of the first wrong step, from 1; 0 if none is
 * @param picture as a {@code data:} address
 */
record QuestionPage(
        String file,
        String id,
        String cell,
        String query,
        String answer,
        List<String> steps,
        int wrong,
        List<String> labels,
        String reason,
        List<String> votes,
        Optional<String> picture) {
    QuestionPage {
        steps = List.copyOf(steps);
        labels = List.copyOf(labels);
        votes = List.copyOf(votes);
    }
}
