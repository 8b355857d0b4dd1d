package org.espalier.model.internal.token;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.cumsum;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.searchsorted;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.where;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.tensor.Placement;

/**
 * Chooses tokens: the most likely one, or the first in the order of the vocabulary whose cumulative probability exceeds
 * a given number. A repetition penalty comes first. Top-k and top-p keep every token that is as likely as the last one they
 * keep, so that equal logits never make the choice depend on how they were sorted; top-p applies to what top-k left, min-p
 * to what both left.
 *
 * @param placement of the logits
 * @param impossible tokens that are never chosen, however likely
 */
public record TokenSampler(Sampling sampling, Placement placement, Set<Integer> impossible) {
    /** Where top-p is usually reached; sorting a large vocabulary whole is the exception. */
    private static final int USUALLY_ENOUGH = 256;

    /** Logits divided by less could overflow, and the choice would be no other. */
    private static final double COLDEST = 1e-9;

    /**
     * What was chosen, a row each.
     *
     * @param logprobs natural log-probability at temperature 1 of the whole distribution, without any penalty; NaN where the model gives none
     * @param likeliest what else could have stood there, where it was asked for
     */
    public record Chosen(long[] tokens, float[] logprobs, Optional<Likeliest> likeliest) {}

    /**
     * The likeliest tokens that can be chosen, from the likeliest on, and their log-probabilities as {@link Chosen} has them:
     * {@code most} a row, row by row.
     */
    public record Likeliest(int most, long[] tokens, float[] logprobs) {}

    public TokenSampler {
        impossible = Set.copyOf(impossible);
    }

    /** Whether choices use numbers at all. */
    boolean greedy() {
        return sampling.temperature() == 0;
    }

    /** Whether choices depend on what stands before. */
    boolean penalizes() {
        return sampling.repetitionPenalty() != 1;
    }

    /**
     * Chooses.
     *
     * @param logits {@code [rows, vocabulary]}
     * @param numbers one a row, as {@link Seed#uniform} has them; unused where {@link #greedy()}
     * @param before the tokens that stand before, {@code [rows, tokens]}, each as often as one likes; unused unless
     *     {@link #penalizes()}
     */
    public Chosen choose(Tensor logits, long[] numbers, Supplier<Tensor> before) {
        return choose(logits, numbers, before, 0, Optional.empty());
    }

    /**
     * As {@link #choose(Tensor, long[], Supplier)}, with the likeliest tokens of each row.
     *
     * @param most how many; 0 for none
     * @param barred {@code [rows, vocabulary]}, in wide numbers: minus infinity for what is not to be chosen here, else 0
     */
    public Chosen choose(Tensor logits, long[] numbers, Supplier<Tensor> before, int most, Optional<Tensor> barred) {
        try (PointerScope scope = new PointerScope()) {
            Tensor exact = logits.to(placement.wide().scalarType());
            Tensor possible = possible(barred.map(bar -> exact.add(bar)).orElse(exact));
            Tensor wanted = penalizes() ? penalized(possible, before.get()) : possible;
            Tensor tokens = greedy()
                    ? wanted.argmax(new org.bytedeco.pytorch.LongOptional(1), true)
                    : draw(distribution(wanted), numbers);
            Tensor logprobs = log_softmax(exact, 1);
            Read chosen = read(tokens, logprobs);
            return new Chosen(
                    chosen.tokens(),
                    chosen.logprobs(),
                    most == 0 ? Optional.empty() : Optional.of(likeliest(possible, logprobs, most)));
        }
    }

    private Likeliest likeliest(Tensor possible, Tensor logprobs, int most) {
        Read all = read(possible.topk(most, 1, true, true).get1(), logprobs);
        return new Likeliest(most, all.tokens(), all.logprobs());
    }

    /** Tokens of rows and their log-probabilities. */
    private record Read(long[] tokens, float[] logprobs) {}

    /** Reads both at once, since to read is to wait for the device: a double holds either exactly. */
    private Read read(Tensor tokens, Tensor logprobs) {
        double[] both = placement.doubles(cat(
                new TensorVector(
                        tokens.to(ScalarType.Double), logprobs.gather(1, tokens).to(ScalarType.Double)),
                0));
        int count = both.length / 2;
        long[] ids = new long[count];
        float[] theirs = new float[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (long) both[i];
            theirs[i] = (float) both[count + i];
        }
        return new Read(ids, theirs);
    }

    private Tensor possible(Tensor logits) {
        if (impossible.isEmpty()) {
            return logits;
        }
        long[] ids = impossible.stream().mapToLong(Integer::longValue).toArray();
        return logits.index_fill(1, placement.indices(ids, ids.length), new Scalar(Double.NEGATIVE_INFINITY));
    }

    private Tensor penalized(Tensor logits, Tensor before) {
        Scalar penalty = new Scalar(sampling.repetitionPenalty());
        Tensor old = logits.gather(1, before);
        Tensor now = where(old.lt(new Scalar(0)), old.mul(penalty), old.div(penalty));
        // A token that stands there twice gets the same number twice.
        return logits.scatter(1, before, now);
    }

    /** Probabilities at the temperature, 0 for what is not to be drawn; they add up to a positive number, not to 1. */
    private Tensor distribution(Tensor logits) {
        Tensor scaled = sampling.temperature() == 1
                ? logits
                : logits.div(new Scalar(Math.max(COLDEST, sampling.temperature())));
        Tensor probabilities = softmax(scaled, 1);
        long vocabulary = logits.size(1);
        if (sampling.topK() > 0 && sampling.topK() < vocabulary) {
            Tensor last = largest(probabilities, sampling.topK()).narrow(1, sampling.topK() - 1L, 1);
            probabilities = probabilities.mul(probabilities.ge(last));
        }
        Tensor left = sampling.topP() < 1 ? nucleus(probabilities) : probabilities;
        return sampling.minP() > 0 ? likely(left) : left;
    }

    /** Min-p: the likeliest token is always left, so that its probability is what it was before. */
    private Tensor likely(Tensor probabilities) {
        Tensor least = largest(probabilities, 1).mul(new Scalar(sampling.minP()));
        return probabilities.mul(probabilities.ge(least));
    }

    private Tensor nucleus(Tensor probabilities) {
        Tensor wanted = probabilities
                .sum(new long[] {1}, true, new ScalarTypeOptional(ScalarType.Double))
                .mul(new Scalar(sampling.topP()));
        long vocabulary = probabilities.size(1);
        long some = Math.min(USUALLY_ENOUGH, vocabulary);
        Tensor sorted = largest(probabilities, some);
        Tensor cumulative = cumulative(sorted);
        if (some < vocabulary
                && !placement.truth(cumulative.narrow(1, some - 1, 1).ge(wanted).all())) {
            sorted = largest(probabilities, vocabulary);
            cumulative = cumulative(sorted);
        }
        // The first place that reaches what is wanted; rounding may leave the very last just below it.
        Tensor place = cumulative
                .lt(wanted)
                .sum(1)
                .clamp_max(new Scalar(sorted.size(1) - 1))
                .unsqueeze(1);
        return probabilities.mul(probabilities.ge(sorted.gather(1, place)));
    }

    private static Tensor largest(Tensor probabilities, long count) {
        return probabilities.topk(count, 1, true, true).get0();
    }

    private Tensor draw(Tensor probabilities, long[] numbers) {
        Tensor cumulative = cumulative(probabilities);
        Tensor total = cumulative.narrow(1, cumulative.size(1) - 1, 1);
        Tensor places = placement
                .indices(numbers, numbers.length, 1)
                .to(ScalarType.Double)
                .mul(new Scalar(Math.scalb(1.0, -Seed.BITS)))
                .mul(total);
        // Where probabilities are not numbers the search finds nothing; the log-probability then says so.
        return searchsorted(cumulative, places, false, true, new StringViewOptional(), new TensorOptional())
                .clamp_max(new Scalar(cumulative.size(1) - 1));
    }

    private static Tensor cumulative(Tensor probabilities) {
        return cumsum(probabilities, 1, new ScalarTypeOptional(ScalarType.Double));
    }
}
