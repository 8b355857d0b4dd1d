package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Stem;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.internal.batch.SharedPrompt;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void keepTheOrderAndSpreadLargeRequests() {
        List<Sampler.Request> requests = List.of(request(2), request(3), request(11), request(0), request(1));

        List<List<Batches.Piece>> batches = Batches.bySequences(Batches.pieces(requests, 5), 5);

        assertThat(batches.stream()
                        .map(batch -> batch.stream()
                                .map(piece ->
                                        piece.number() + ":" + piece.draws().size())
                                .toList()))
                .containsExactly(List.of("0:2", "1:3"), List.of("2:5"), List.of("2:5"), List.of("2:1", "4:1"));
        assertThat(batches.get(3).getFirst().draws().getFirst().sample()).isEqualTo(10);
    }

    @Test
    void countEachPromptAsLongAsTheLongest() {
        List<SharedPrompt> groups = List.of(group(10), group(10), group(30), group(5), group(100), group(1));

        assertThat(Batches.byTokens(groups, 60).stream()
                        .map(part -> part.stream().map(SharedPrompt::length).toList()))
                .containsExactly(List.of(10, 10), List.of(30, 5), List.of(100), List.of(1));
    }

    private static Sampler.Request request(int draws) {
        return new Sampler.Request(
                "q",
                List.of(),
                Stem.EMPTY,
                IntStream.range(0, draws).mapToObj(Draw::whole).toList());
    }

    private static SharedPrompt group(int length) {
        return new SharedPrompt(
                "q",
                new int[length],
                new PromptPositions(new long[3][length], length),
                Optional.empty(),
                new int[0],
                List.of());
    }
}
