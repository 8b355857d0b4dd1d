package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.log_softmax_out;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.Decoder;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/**
 * Log-probabilities of tokens from hidden states, and the gradient back to the states, by chunks: the vocabulary's
 * width is never held for all tokens twice. An objective is plain arithmetic on the log-probabilities, so its gradient
 * is known before the backward pass starts; no graph is recorded here.
 */
final class HeadScores {
    /**
     * How much of the logits there is at once.
     *
     * @param numbers in one chunk
     * @param fewest tokens in one chunk at least: a large head takes longer to be read than to be multiplied with a few
     * @param kept numbers up to which log-probabilities are kept for the backward pass; beyond it they are computed again
     */
    record Chunks(long numbers, long fewest, long kept) {
        /** With a vocabulary of 152,000 less than 0.8 GB, whatever the number of tokens. */
        static final Chunks USUAL = new Chunks(8L << 20, 256, 96L << 20);
    }

    private final Placement placement;
    private final Tensor states;
    private final Tensor head;
    private final long[] targets;
    private final int rows;
    private final boolean kept;
    private final List<Tensor> chunks = new ArrayList<>();
    private final double[] logprobs;

    /** Scores; {@code states [tokens, hidden]} without a graph. */
    HeadScores(Tensor states, Decoder decoder, long[] targets, boolean forGradient) {
        this(states, decoder, targets, forGradient, Chunks.USUAL);
    }

    HeadScores(Tensor states, Decoder decoder, long[] targets, boolean forGradient, Chunks chunking) {
        this.placement = decoder.placement();
        this.states = states;
        this.head = decoder.head(); // [vocabulary, hidden]
        this.targets = targets;
        this.rows = (int) Math.max(chunking.fewest(), chunking.numbers() / head.size(0));
        this.kept = forGradient && targets.length * head.size(0) <= chunking.kept();
        this.logprobs = scores();
    }

    /** Read when all chunks have been computed: to read is to wait for the device. */
    private double[] scores() {
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> picked = new ArrayList<>();
            for (int start = 0; start < targets.length; start += rows) {
                picked.add(score(start, Math.min(rows, targets.length - start)));
            }
            return picked.isEmpty()
                    ? new double[0]
                    : placement.doubles(cat(new TensorVector(picked.toArray(Tensor[]::new)), 0));
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    private Tensor score(int start, int count) {
        return Scope.withoutGradients(() -> {
            Tensor all = chunk(start, count);
            if (kept) {
                chunks.add(Scope.own(all));
            }
            return all.gather(1, targets(start, count));
        });
    }

    private Tensor chunk(int start, int count) {
        Tensor logits =
                states.narrow(0, start, count).mm(head.t()).to(placement.wide().scalarType());
        log_softmax_out(logits, logits, 1);
        return logits;
    }

    private Tensor targets(int start, int count) {
        return placement.indices(Arrays.copyOfRange(targets, start, start + count), count, 1);
    }

    double[] logprobs() {
        return logprobs;
    }

    /** The gradient of the states, given that of each log-probability. {@code [tokens, hidden]}. */
    Tensor backward(double[] gradients) {
        return Scope.withoutGradients(() -> {
            List<Tensor> parts = new ArrayList<>();
            for (int start = 0; start < targets.length; start += rows) {
                int from = start;
                int count = Math.min(rows, targets.length - start);
                parts.add(Scope.keeping(() -> backward(from, count, gradients)));
            }
            return parts.size() == 1 ? parts.getFirst() : cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
        });
    }

    /** The target's row of the head less the expected row, each times its gradient: one pass over the probabilities. */
    private Tensor backward(int start, int count, double[] gradients) {
        Tensor probabilities = (kept ? chunks.get(start / rows) : chunk(start, count)).exp_();
        Tensor expected = probabilities
                .to(head.scalar_type())
                .mm(head)
                .to(placement.wide().scalarType());
        Tensor wanted = head.index_select(0, targets(start, count).view(-1))
                .to(placement.wide().scalarType());
        Tensor weights = placement.wide().numbers(Arrays.copyOfRange(gradients, start, start + count), count, 1);
        return wanted.sub(expected).mul_(weights).to(head.scalar_type());
    }

    /** Lets go of what was kept for the backward pass. */
    void release() {
        chunks.forEach(Tensor::close);
        chunks.clear();
    }
}
