package org.espalier.model.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.Sampling;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.internal.cache.PrefixCache;
import org.espalier.model.internal.token.TokenSampler;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.Placement;

/**
 * Generates many continuations of some prompts as one batch. Every prompt is read once; from then on all sequences get a
 * token a step.
 *
 * @param ends tokens that end an answer
 * @param impossible tokens that no answer holds
 */
public record Generator(VisionLanguageModel model, FrozenDecoder frozen, Set<Integer> ends, Set<Integer> impossible) {
    public Generator {
        ends = Set.copyOf(ends);
        impossible = Set.copyOf(impossible);
    }

    /**
     * Continues every sequence of every prompt until it ends, or has as many tokens as were asked for or as fit the model.
     *
     * @param watch makes the watcher of one sequence
     * @return for each prompt what its sequences became, in order
     */
    public List<List<GeneratedTokens>> generate(
            List<SharedPrompt> prompts, Sampling sampling, Supplier<Sequence.Watch> watch) {
        List<Sequence> sequences = new ArrayList<>();
        for (int g = 0; g < prompts.size(); g++) {
            SharedPrompt prompt = prompts.get(g);
            prompt.check(model.config().maxPositions(), frozen.decoder().shape().vocabulary());
            for (SharedPrompt.Start start : prompt.starts()) {
                long room = model.config().maxPositions() - prompt.position(start.cut());
                sequences.add(new Sequence(g, start, (int) Math.min(sampling.maxTokens(), room), watch.get()));
            }
        }
        if (!sequences.isEmpty()) {
            decode(prompts, sequences, new TokenSampler(sampling, model.placement(), impossible));
        }
        List<List<GeneratedTokens>> generated = new ArrayList<>();
        prompts.forEach(prompt -> generated.add(new ArrayList<>()));
        sequences.forEach(sequence -> generated.get(sequence.prompt()).add(sequence.generated()));
        return generated;
    }

    private void decode(List<SharedPrompt> prompts, List<Sequence> sequences, TokenSampler sampler) {
        int longest = prompts.stream().mapToInt(SharedPrompt::length).max().orElseThrow();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                PrefixCache prefixes =
                        PrefixCache.empty(frozen.decoder().shape(), model.placement(), prompts.size(), longest)) {
            try (NativeThreads threads = frozen.threads(prompts.size() * longest)) {
                choose(sampler, new Prefill(model, frozen, prefixes).read(prompts), prompts, sequences);
            }
            List<Sequence> unended =
                    sequences.stream().filter(sequence -> !sequence.ended()).toList();
            if (unended.isEmpty()) {
                return;
            }
            try (Decoding decoding = new Decoding(frozen, prefixes, prompts, unended)) {
                decoding.run((hidden, active) -> choose(sampler, hidden, prompts, active));
            }
        }
    }

    private void choose(TokenSampler sampler, Tensor hidden, List<SharedPrompt> prompts, List<Sequence> sequences) {
        try (PointerScope step = new PointerScope()) {
            long[] numbers = sequences.stream().mapToLong(Sequence::number).toArray();
            TokenSampler.Chosen chosen = sampler.choose(
                    frozen.decoder().logits(hidden),
                    numbers,
                    () -> before(
                            model.placement(),
                            sequences.stream()
                                    .map(sequence -> sequence.before(prompts.get(sequence.prompt())))
                                    .toList()));
            for (int i = 0; i < sequences.size(); i++) {
                Sequence sequence = sequences.get(i);
                if (!sequence.ended()) {
                    if (Float.isNaN(chosen.logprobs()[i])) {
                        throw UndefinedProbabilities.of(
                                prompts.get(sequence.prompt()).name());
                    }
                    int id = Math.toIntExact(chosen.tokens()[i]);
                    sequence.append(id, chosen.logprobs()[i], ends.contains(id));
                }
            }
        }
    }

    /** What stands before each sequence's next token, all as long as the longest: shorter ones repeat their first token. */
    static Tensor before(Placement placement, List<int[]> each) {
        int longest = each.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        long[] all = new long[each.size() * longest];
        for (int r = 0; r < each.size(); r++) {
            int[] ids = each.get(r);
            for (int i = 0; i < longest; i++) {
                all[r * longest + i] = ids[i < ids.length ? i : 0];
            }
        }
        return placement.indices(all, each.size(), longest);
    }
}
