package org.espalier.model.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.model.decoder.Deltas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Memory that runs out when a sequence is begun, the how-manieth of all a test says. */
class FittingBatchesTest {
    private static final Sampling DRAWN = Sampling.at(1, 20, 7);
    private static final String LACK = "CUDA out of memory. Tried to allocate 2.00 GiB.";

    private static OracleModel oracle;

    @BeforeAll
    static void open() {
        oracle = new OracleModel();
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    private static SharedPrompt prompt(String name, int sequences) {
        return oracle.group(
                name,
                new int[0],
                IntStream.range(0, sequences)
                        .mapToObj(sample -> new SharedPrompt.Start(
                                0, Seed.of(1, "tokens").and(name).and(sample)))
                        .toArray(SharedPrompt.Start[]::new));
    }

    private static List<List<int[]>> drawn(List<SharedPrompt> prompts, IntPredicate fails, String how) {
        AtomicInteger begun = new AtomicInteger();
        Generator generator =
                new Generator(oracle.model, FrozenDecoder.of(oracle.model, Deltas.NONE), Set.of(), Set.of());
        return new FittingBatches(generator, DRAWN, () -> {
                    if (fails.test(begun.incrementAndGet())) {
                        throw new RuntimeException(how);
                    }
                    return Sequence.Watch.NOTHING;
                })
                .generate(prompts).stream()
                        .map(group -> group.stream().map(GeneratedTokens::ids).toList())
                        .toList();
    }

    @Test
    void drawsTheSameInParts() {
        List<SharedPrompt> prompts = List.of(prompt("text", 1), prompt("single", 5), prompt("double", 2));
        List<List<int[]>> whole = drawn(prompts, _ -> false, LACK);

        // First all of them, then one of the halves, then half of a prompt's own sequences.
        for (IntPredicate fails : List.<IntPredicate>of(
                begun -> begun == 1,
                begun -> begun == 8 || begun == 12,
                begun -> begun == 3 || begun == 9 || begun == 12)) {
            assertThat(drawn(prompts, fails, LACK)).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void oneSequenceThatDoesNotFitIsAFailure() {
        assertThatThrownBy(() -> drawn(List.of(prompt("text", 1)), _ -> true, LACK))
                .hasMessage(LACK);
        assertThatThrownBy(() -> drawn(List.of(prompt("text", 4)), _ -> true, LACK))
                .hasMessage(LACK);
    }

    @Test
    void anotherFailureIsNotTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> drawn(List.of(prompt("text", 4)), _ -> asked.incrementAndGet() > 0, "a fault"))
                .hasMessage("a fault");
        assertThat(asked).hasValue(1);
    }
}
