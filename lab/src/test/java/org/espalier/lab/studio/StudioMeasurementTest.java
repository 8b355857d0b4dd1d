package org.espalier.lab.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.core.Progress;
import org.junit.jupiter.api.Test;

/** The measurement works the studio's own pages, so that a change of theirs could stop it. */
class StudioMeasurementTest {
    @Test
    void everyRequestOfAReviewIsAnswered() throws InterruptedException {
        assertThat(StudioMeasurement.ofDrafts(120, 1, _ -> {}, Progress.SILENT).figures())
                .extracting(Figure::name)
                .startsWith("list, page 1")
                .endsWith("accept: save words and verdict, claim the next", "undo")
                .hasSize(16);
    }

    @Test
    void soIsEveryOneOfARunsAnswers() throws InterruptedException {
        assertThat(StudioMeasurement.ofAnswers(120, 1, _ -> {}, Progress.SILENT).figures())
                .extracting(Figure::name)
                .contains("one answer")
                .hasSize(9);
    }
}
