package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.tensor.AttentionKernel;
import org.espalier.tensor.Placement;

/**
 * Attention along a {@link TreeLayout}: every token attends to the stem up to where its segment leaves it, and to its own
 * segment up to itself. Small trees are one product under a dense mask, where calls cost more than arithmetic; in large
 * ones each segment is a sequence of its own whose keys are gathered, so that no pair is computed that the mask would drop.
 */
public final class TreeAttention implements Attention {
    /** Below this many tokens one masked product is quicker than one product a segment: {@code perf tree}. */
    private static final int DENSE = 640;

    private final TreeLayout layout;
    private final AttentionKernel kernel;
    /** Tokens of the stem and, where the first segment continues at its end, of that one: they attend to all before them. */
    private final int chain;

    private final List<TreeLayout.Segment> apart;
    private final long[] lengths;
    private final List<Tensor> masks;
    private final boolean dense;
    /** Whether numbers are of half width: what is kept of keys for the backward pass is twice their size then. */
    private final boolean half;

    public TreeAttention(TreeLayout layout, Placement placement) {
        this(layout, placement, layout.tokens() < DENSE);
    }

    TreeAttention(TreeLayout layout, Placement placement, boolean dense) {
        this.layout = layout;
        this.kernel = placement.attention();
        this.half = placement.type().bits() < Float.SIZE;
        List<TreeLayout.Segment> segments = layout.segments();
        boolean continues = !segments.isEmpty() && segments.getFirst().shared() == layout.stem();
        this.chain = layout.stem() + (continues ? segments.getFirst().length() : 0);
        this.apart = continues ? segments.subList(1, segments.size()) : segments;
        this.dense = dense && !apart.isEmpty();
        this.lengths = new long[apart.size() + 1];
        lengths[0] = chain;
        for (int i = 0; i < apart.size(); i++) {
            lengths[i + 1] = apart.get(i).length();
        }
        this.masks = new ArrayList<>();
        if (this.dense) {
            masks.add(denseMask(placement));
        } else {
            for (TreeLayout.Segment segment : apart) {
                masks.add(mask(segment.length(), segment.shared(), placement));
            }
        }
    }

    @Override
    public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
        long heads = q.size(1);
        Tensor out = dense
                ? kernel.masked(
                                rows(q),
                                rows(Attention.repeat(k, heads)),
                                rows(Attention.repeat(v, heads)),
                                masks.getFirst())
                        .transpose(1, 2)
                : segments(q, k, v);
        return out.reshape(q.size(0), heads * q.size(2));
    }

    private Tensor segments(Tensor q, Tensor k, Tensor v) {
        TensorVector queries = q.split(lengths, 0);
        TensorVector keys = k.split(lengths, 0);
        TensorVector values = v.split(lengths, 0);
        Tensor[] outs = new Tensor[lengths.length];
        outs[0] = segment(queries.get(0), keys.get(0), values.get(0), Optional.empty());
        for (int i = 1; i < lengths.length; i++) {
            long shared = apart.get(i - 1).shared();
            outs[i] = segment(
                    queries.get(i), joined(keys, i, shared), joined(values, i, shared), Optional.of(masks.get(i - 1)));
        }
        return outs.length == 1 ? outs[0] : cat(new TensorVector(outs), 1);
    }

    private Tensor segment(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
        if (half) {
            return kernel.shared(rows(q), rows(k), rows(v), mask).transpose(1, 2);
        }
        Tensor keys = rows(Attention.repeat(k, q.size(1)));
        Tensor values = rows(Attention.repeat(v, q.size(1)));
        return (mask.isPresent()
                        ? kernel.masked(rows(q), keys, values, mask.get())
                        : kernel.causal(rows(q), keys, values))
                .transpose(1, 2);
    }

    private static Tensor joined(TensorVector parts, int segment, long shared) {
        if (shared == 0) {
            return parts.get(segment);
        }
        return cat(new TensorVector(parts.get(0).narrow(0, 0, shared), parts.get(segment)), 0);
    }

    private static Tensor rows(Tensor x) {
        return x.unsqueeze(0).transpose(1, 2);
    }

    private Tensor denseMask(Placement placement) {
        int tokens = layout.tokens();
        float[] mask = new float[tokens * tokens];
        Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int t = 0; t < layout.stem(); t++) {
            Arrays.fill(mask, t * tokens, t * tokens + t + 1, 0f);
        }
        int start = layout.stem();
        for (TreeLayout.Segment segment : layout.segments()) {
            for (int t = start; t < start + segment.length(); t++) {
                Arrays.fill(mask, t * tokens, t * tokens + segment.shared(), 0f);
                Arrays.fill(mask, t * tokens + start, t * tokens + t + 1, 0f);
            }
            start += segment.length();
        }
        return placement.numbers(mask, 1, 1, tokens, tokens);
    }

    private static Tensor mask(int length, int shared, Placement placement) {
        int width = shared + length;
        float[] mask = new float[length * width];
        for (int t = 0; t < length; t++) {
            Arrays.fill(mask, t * width + shared + t + 1, (t + 1) * width, Float.NEGATIVE_INFINITY);
        }
        return placement.numbers(mask, 1, 1, length, width);
    }
}
