package org.espalier.model.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.espalier.core.Sampling;
import org.espalier.tensor.OutOfMemory;

/**
 * Generates as one batch, and where there is no memory for that, as two of half the size, one after the other. What a sequence
 * becomes does not depend on which others are beside it.
 *
 * @param watch makes the watcher of one sequence
 */
public record FittingBatches(Generator generator, Sampling sampling, Supplier<Sequence.Watch> watch) {
    private static final System.Logger LOG = System.getLogger(FittingBatches.class.getName());

    /**
     * As {@link Generator#generate}.
     *
     * @return for each prompt what its sequences became, in order
     */
    public List<List<GeneratedTokens>> generate(List<SharedPrompt> prompts) {
        int sequences =
                prompts.stream().mapToInt(prompt -> prompt.starts().size()).sum();
        try {
            return generator.generate(prompts, sampling, watch);
        } catch (RuntimeException e) {
            if (!OutOfMemory.is(e) || sequences < 2) {
                throw e;
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "there was no memory for " + sequences + " continuations at once; they are drawn in two parts");
        generator.model().placement().release();
        return prompts.size() == 1 ? ofOne(prompts.getFirst()) : ofSeveral(prompts);
    }

    private List<List<GeneratedTokens>> ofSeveral(List<SharedPrompt> prompts) {
        int half = prompts.size() / 2;
        return Stream.of(prompts.subList(0, half), prompts.subList(half, prompts.size()))
                .flatMap(part -> generate(part).stream())
                .toList();
    }

    private List<List<GeneratedTokens>> ofOne(SharedPrompt prompt) {
        List<SharedPrompt.Start> starts = prompt.starts();
        int half = starts.size() / 2;
        List<GeneratedTokens> all = new ArrayList<>();
        for (List<SharedPrompt.Start> part : List.of(starts.subList(0, half), starts.subList(half, starts.size()))) {
            all.addAll(generate(List.of(prompt.with(part))).getFirst());
        }
        return List.of(all);
    }
}
