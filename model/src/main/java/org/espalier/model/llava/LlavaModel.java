package org.espalier.model.llava;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.InputException;
import org.espalier.model.decoder.BlockPass;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Scope;

/**
 * LLaVA-NeXT in memory.
 *
 * @param newLine {@code [hidden]}: stands at the end of each row of a picture
 */
record LlavaModel(LlavaConfig config, Decoder decoder, ClipTower tower, Projector projector, Tensor newLine)
        implements VisionLanguageModel {
    @Override
    public Tensor pictureFeatures(List<? extends PictureInput> pictures, Deltas deltas, BlockPass pass) {
        return Scope.keeping(() -> {
            List<Tiles> all = pictures.stream().map(this::tiles).toList();
            // [tiles of all pictures, patches, hidden]
            Tensor pixels = joined(all.stream().map(this::pixels).toArray(Tensor[]::new));
            Tensor features = projector.of(tower.features(pixels, placement().attention(), deltas, pass), deltas);
            Tensor[] seen = new Tensor[all.size()];
            long at = 0;
            for (int i = 0; i < seen.length; i++) {
                seen[i] = packed(all.get(i), features.narrow(0, at, all.get(i).count()));
                at += all.get(i).count();
            }
            return joined(seen);
        });
    }

    private static Tensor joined(Tensor... parts) {
        return parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 0);
    }

    private Tiles tiles(PictureInput picture) {
        if (!(picture instanceof Tiles tiles)) {
            throw new IllegalArgumentException("the picture was made for another family: "
                    + picture.getClass().getSimpleName());
        }
        if (tiles.side() != config.vision().image()
                || tiles.patches() != config.vision().side()) {
            throw new InputException("Pictures are cut into tiles of " + tiles.side() + " pixels, but this model takes "
                    + config.vision().image() + ": preprocessor_config.json belongs to another model.");
        }
        return tiles;
    }

    private Tensor pixels(Tiles tiles) {
        return placement().numbers(tiles.values(), tiles.count(), 3, tiles.side(), tiles.side());
    }

    /** The whole picture's patches, then those of the canvas that the picture covers, each row with a new line. */
    private Tensor packed(Tiles tiles, Tensor features) {
        long patches = tiles.patches();
        long hidden = features.size(2);
        AnyResolution.Covered covered = tiles.covered();
        Tensor canvas = features.narrow(0, 1, tiles.count() - 1L)
                .reshape(tiles.down(), tiles.across(), patches, patches, hidden)
                .permute(0, 2, 1, 3, 4)
                .reshape(tiles.down() * patches, tiles.across() * patches, hidden)
                .narrow(0, covered.top(), covered.rows())
                .narrow(1, covered.left(), covered.columns());
        Tensor ends = newLine.view(1, 1, hidden).expand(covered.rows(), 1, hidden);
        Tensor rows = cat(new TensorVector(canvas, ends), 1).reshape(covered.tokens(), hidden);
        return cat(new TensorVector(features.select(0, 0), rows), 0);
    }

    /** One row, counted through. */
    @Override
    public PromptPositions positions(int[] prompt, List<? extends PictureInput> pictures) {
        long places =
                Arrays.stream(prompt).filter(id -> id == config.imageToken()).count();
        long tokens = pictures.stream().mapToLong(PictureInput::tokens).sum();
        if (places != tokens) {
            throw new InputException("the prompt has places for " + places + " tokens of pictures, but its "
                    + pictures.size() + " pictures take " + tokens + ": it was made for other pictures.");
        }
        long[] row = new long[prompt.length];
        Arrays.setAll(row, i -> i);
        return new PromptPositions(new long[][] {row, row, row}, prompt.length);
    }
}
