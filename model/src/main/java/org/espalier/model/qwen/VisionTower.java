package org.espalier.model.qwen;

import static org.bytedeco.pytorch.global.torch.gelu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.BlockPass;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Linear;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.model.decoder.Rope;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/** Patches in, picture tokens of the decoder's width out. Pictures of one grid go through together. */
record VisionTower(
        VisionShape shape,
        Placement placement,
        Linear patchEmbedding,
        List<VisionBlock> blocks,
        UnaryOperator<Tensor> mergerNorm,
        NamedLinear mergerIn,
        NamedLinear mergerOut) {
    VisionTower {
        blocks = List.copyOf(blocks);
    }

    /**
     * Encodes pictures of one grid.
     *
     * @param patches {@code [pictures * patches, numbers]} in the processor's order
     * @return {@code [pictures * tokens, decoder hidden]}
     */
    public Tensor forward(Tensor patches, Grid grid, Deltas deltas, BlockPass pass) {
        return Scope.keeping(() -> {
            WindowPlan plan = WindowPlan.of(grid, shape);
            int perToken = shape.merge() * shape.merge();
            long tokens = plan.order().length;
            long pictures = patches.size(0) / (tokens * perToken);
            Tensor embedded = patchEmbedding.of(patches);
            Tensor state = embedded.view(pictures, tokens, (long) perToken * shape.hidden())
                    .index_select(1, placement.indices(plan.order(), tokens))
                    .view(pictures, tokens * perToken, shape.hidden());
            Tensor merged = merge(through(state, plan, grid, deltas, pass), pictures, tokens, deltas);
            return merged.view(pictures, tokens, shape.output())
                    .index_select(1, placement.indices(plan.back(), tokens))
                    .reshape(pictures * tokens, shape.output());
        });
    }

    private Tensor through(Tensor first, WindowPlan plan, Grid grid, Deltas deltas, BlockPass pass) {
        return pass.states(first, () -> blocks(plan, grid, deltas), List.of(blocks.size()))
                .getFirst();
    }

    private List<UnaryOperator<Tensor>> blocks(WindowPlan plan, Grid grid, Deltas deltas) {
        Rope rope = plan.rope(grid, shape, placement);
        List<WindowPlan.Group> frames =
                List.of(new WindowPlan.Group(1, plan.order().length * shape.merge() * shape.merge()));
        List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            VisionBlock block = blocks.get(i);
            List<WindowPlan.Group> groups = shape.fullLayers().contains(i) ? frames : plan.groups();
            steps.add(input -> block.of(input, rope, groups, placement.attention(), deltas));
        }
        return steps;
    }

    private Tensor merge(Tensor state, long pictures, long tokens, Deltas deltas) {
        Tensor normed =
                mergerNorm.apply(state).view(pictures * tokens, (long) shape.merge() * shape.merge() * shape.hidden());
        return mergerOut.of(gelu(mergerIn.of(normed, deltas)), deltas);
    }
}
