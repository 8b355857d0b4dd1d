package org.espalier.model.llava;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.BlockPass;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LayerNorm;
import org.espalier.model.decoder.Linear;
import org.espalier.tensor.AttentionKernel;
import org.espalier.tensor.Scope;

/**
 * CLIP's vision tower up to the last layer that is looked at.
 *
 * @param patches the convolution as a product
 * @param classToken {@code [hidden]}, stands before the patches
 * @param positions {@code [1 + patches, hidden]}
 * @param layers the states that features are made of, in order: 0 what goes into the first block
 */
record ClipTower(
        ClipShape shape,
        Linear patches,
        Tensor classToken,
        Tensor positions,
        LayerNorm first,
        List<ClipBlock> blocks,
        List<Integer> layers) {
    ClipTower {
        blocks = List.copyOf(blocks);
        layers = List.copyOf(layers);
    }

    /**
     * Features of tiles, without those of the class token.
     *
     * @param tiles {@code [tiles, 3, image, image]}
     * @return {@code [tiles, patches, hidden * layers]}
     */
    Tensor features(Tensor tiles, AttentionKernel kernel, Deltas deltas, BlockPass pass) {
        return Scope.keeping(() -> {
            List<UnaryOperator<Tensor>> steps = blocks.stream()
                    .<UnaryOperator<Tensor>>map(block -> before -> block.of(before, kernel, deltas))
                    .toList();
            Tensor start = Scope.keeping(() -> first.of(embedded(tiles)));
            Tensor[] seen = pass.states(start, () -> steps, layers).stream()
                    .map(state -> state.narrow(1, 1, positions.size(0) - 1))
                    .toArray(Tensor[]::new);
            return seen.length == 1 ? seen[0] : cat(new TensorVector(seen), 2);
        });
    }

    private Tensor embedded(Tensor tiles) {
        long count = tiles.size(0);
        long side = shape.side();
        long patch = shape.patch();
        Tensor rows = tiles.narrow(2, 0, side * patch)
                .narrow(3, 0, side * patch)
                .reshape(count, 3, side, patch, side, patch)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(count, side * side, 3 * patch * patch);
        Tensor leading = classToken.view(1, 1, shape.hidden()).expand(count, 1, shape.hidden());
        return cat(new TensorVector(leading, patches.of(rows)), 1).add(positions);
    }
}
