package org.espalier.srpo.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.text.StepSplitter;
import org.junit.jupiter.api.Test;

class TrunkTextTest {
    /** A sampler that only knows where the tokens of a text end. */
    private record Borders(int... ends) implements Sampler {
        @Override
        public List<List<Continuation>> sample(List<Request> requests, Sampling sampling) {
            return List.of();
        }

        @Override
        public List<Cut> cuts(Continuation text, List<Integer> chars) {
            List<Cut> cuts = new ArrayList<>();
            for (int at : chars) {
                int tokens = 0;
                while (at > 0 && tokens < ends.length && (tokens == 0 || ends[tokens - 1] < at)) {
                    tokens++;
                }
                cuts.add(new Cut(tokens, at == 0 ? 0 : ends[tokens - 1]));
            }
            return cuts;
        }

        @Override
        public List<Integer> tokens(String text) {
            return List.of();
        }
    }

    private static List<Cut> cuts(String text, int... ends) {
        List<Integer> tokens = new ArrayList<>();
        for (int end : ends) {
            tokens.add(end);
        }
        Continuation path = new Continuation(text, tokens, List.of(), Continuation.End.FINISHED);
        return new TrunkText(path, new StepSplitter(StepSplitter.Style.NEWLINE).split(text))
                .points(new Borders(ends), false, true).stream()
                        .map(BranchPoint::cut)
                        .toList();
    }

    @Test
    void cutsAfterTheSeparatorWhereATokenEndsThere() {
        assertThat(cuts("ab\ncd\nef", 2, 3, 5, 6, 8)).containsExactly(Cut.START, new Cut(2, 3));
    }

    @Test
    void cutsBeforeTheSeparatorWhereItIsOneTokenWithTheNextStep() {
        assertThat(cuts("ab\ncd\nef", 2, 5, 8)).containsExactly(Cut.START, new Cut(1, 2));
    }

    @Test
    void cutsInsideTheNextStepWhereATokenHoldsBothSides() {
        assertThat(cuts("ab\ncd\nef", 1, 4, 5, 8)).containsExactly(Cut.START, new Cut(2, 4));
    }

    @Test
    void countsStepsAsOneWhereTheirBordersShareAToken() {
        assertThat(cuts("ab\nc\nd\nef", 2, 7, 9)).containsExactly(Cut.START, new Cut(1, 2));
        assertThat(cuts("ab\nc\nd\nef", 1, 6, 9)).containsExactly(Cut.START);
        assertThat(cuts("ab\nc\nd\nef", 9)).containsExactly(Cut.START);
    }
}
