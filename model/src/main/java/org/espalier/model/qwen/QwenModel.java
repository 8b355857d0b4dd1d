package org.espalier.model.qwen;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Qwen2.5-VL in memory. */
record QwenModel(QwenConfig config, Decoder decoder, VisionTower vision) implements VisionLanguageModel {
    @Override
    public Tensor pictureFeatures(List<? extends PictureInput> pictures, Deltas deltas, BlockPass pass) {
        return Scope.keeping(() -> {
            Map<Grid, List<Integer>> sizes = new LinkedHashMap<>();
            List<Patches> all = new ArrayList<>();
            for (PictureInput picture : pictures) {
                Patches patches = patches(picture);
                requireCut(patches);
                sizes.computeIfAbsent(patches.grid(), grid -> new ArrayList<>()).add(all.size());
                all.add(patches);
            }
            Tensor[] seen = new Tensor[all.size()];
            sizes.forEach((grid, numbers) -> {
                Tensor rows = vision.forward(stacked(all, numbers), grid, deltas, pass);
                long tokens = grid.tokens(config.vision().merge());
                for (int i = 0; i < numbers.size(); i++) {
                    // Not split(): what a TensorVector hands out dies with the vector.
                    seen[numbers.get(i)] = rows.narrow(0, i * tokens, tokens);
                }
            });
            return seen.length == 1 ? seen[0] : cat(new TensorVector(seen), 0);
        });
    }

    private static Patches patches(PictureInput picture) {
        if (picture instanceof Patches patches) {
            return patches;
        }
        throw new IllegalArgumentException(
                "the picture was made for another family: " + picture.getClass().getSimpleName());
    }

    private void requireCut(Patches picture) {
        int numbers = config.vision().patchNumbers();
        int merge = config.vision().merge();
        if (picture.rowLength() != numbers || picture.mergeSize() != merge) {
            throw new InputException("Pictures are cut into patches of " + picture.rowLength() + " numbers, "
                    + picture.mergeSize() + " a side to a token, but this model takes " + numbers + " and " + merge
                    + ": preprocessor_config.json belongs to another model.");
        }
    }

    private Tensor stacked(List<Patches> pictures, List<Integer> numbers) {
        Tensor[] rows = numbers.stream()
                .map(pictures::get)
                .map(picture ->
                        placement().numbers(picture.values(), picture.grid().patches(), picture.rowLength()))
                .toArray(Tensor[]::new);
        return rows.length == 1 ? rows[0] : cat(new TensorVector(rows), 0);
    }

    @Override
    public PromptPositions positions(int[] prompt, List<? extends PictureInput> pictures) {
        return MropePositions.of(
                prompt,
                pictures.stream().map(picture -> patches(picture).grid()).toList(),
                config.imageToken(),
                config.vision().merge());
    }
}
