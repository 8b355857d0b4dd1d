package org.espalier.model.qwen;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.model.decoder.Rope;
import org.espalier.tensor.AttentionKernel;

/** One block of the vision tower. All axes: {@code [pictures, patches, hidden]}. */
record VisionBlock(
        VisionShape shape,
        UnaryOperator<Tensor> beforeAttention,
        NamedLinear qkv,
        NamedLinear output,
        UnaryOperator<Tensor> beforeFeedForward,
        FeedForward feedForward) {
    /** What stands after the second norm. */
    @FunctionalInterface
    interface FeedForward {
        Tensor of(Tensor x, Deltas deltas);
    }

    Tensor of(Tensor x, Rope rope, List<WindowPlan.Group> groups, AttentionKernel kernel, Deltas deltas) {
        Tensor fused = qkv.of(beforeAttention.apply(x), deltas);
        Tensor attended = x.add(output.of(attend(fused, rope, groups, kernel), deltas));
        return attended.add(feedForward.of(beforeFeedForward.apply(attended), deltas));
    }

    private Tensor attend(Tensor fused, Rope rope, List<WindowPlan.Group> groups, AttentionKernel kernel) {
        long pictures = fused.size(0);
        long patches = fused.size(1);
        int heads = shape.heads();
        int width = shape.headWidth();
        TensorVector parts = fused.view(pictures, patches, 3L * heads, width).split(new long[] {2L * heads, heads}, 2);
        TensorVector rotated = rope.rotate(parts.get(0)).split(new long[] {heads, heads}, 2);
        if (groups.size() == 1) {
            return windows(rotated.get(0), rotated.get(1), parts.get(1), groups.getFirst(), kernel);
        }
        long[] lengths = groups.stream()
                .mapToLong(group -> (long) group.count() * group.patches())
                .toArray();
        TensorVector q = rotated.get(0).split(lengths, 1);
        TensorVector k = rotated.get(1).split(lengths, 1);
        TensorVector v = parts.get(1).split(lengths, 1);
        Tensor[] outs = new Tensor[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            outs[i] = windows(q.get(i), k.get(i), v.get(i), groups.get(i), kernel);
        }
        return cat(new TensorVector(outs), 1);
    }

    private Tensor windows(Tensor q, Tensor k, Tensor v, WindowPlan.Group group, AttentionKernel kernel) {
        Tensor out = kernel.full(split(q, group), split(k, group), split(v, group));
        return out.transpose(1, 2).reshape(q.size(0), q.size(1), shape.hidden());
    }

    private Tensor split(Tensor x, WindowPlan.Group group) {
        return x.reshape(x.size(0) * group.count(), group.patches(), shape.heads(), shape.headWidth())
                .transpose(1, 2);
    }
}
