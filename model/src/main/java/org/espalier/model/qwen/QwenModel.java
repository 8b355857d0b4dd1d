package org.espalier.model.qwen;

import static org.bytedeco.pytorch.global.torch.cat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.model.PromptPositions;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.decoder.CheckpointWeights;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.picture.Patches;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Scope;
import org.espalier.tensor.TensorSource;

/** Qwen2.5-VL. */
public final class QwenModel implements VisionLanguageModel {
    private final QwenConfig config;
    private final Decoder decoder;
    private final VisionTower vision;
    private final Runnable release;

    private QwenModel(QwenConfig config, Decoder decoder, VisionTower vision, Runnable release) {
        this.config = config;
        this.decoder = decoder;
        this.vision = vision;
        this.release = release;
    }

    /** Loads a checkpoint folder. */
    public static QwenModel load(Path folder, Optional<ScalarType> type) {
        QwenConfig config = QwenConfig.read(folder.resolve("config.json"));
        Libtorch.load();
        try (TensorSource source = Checkpoint.open(folder)) {
            CheckpointWeights weights = new CheckpointWeights(source, type);
            return of(config, weights, source.names(), weights::close);
        }
    }

    /**
     * Puts a model together from weights.
     *
     * @param names all names the weights have, from which the style of naming is known
     * @param release called on closing
     */
    public static QwenModel of(QwenConfig config, WeightSource weights, Set<String> names, Runnable release) {
        try {
            QwenLoader loader = new QwenLoader(config, weights, names);
            QwenModel model = new QwenModel(config, loader.decoder(), loader.vision(), release);
            loader.requireAllUsed();
            return model;
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    public QwenConfig config() {
        return config;
    }

    public VisionTower vision() {
        return vision;
    }

    @Override
    public Decoder decoder() {
        return decoder;
    }

    @Override
    public int endToken() {
        return config.endToken();
    }

    @Override
    public int imageToken() {
        return config.imageToken();
    }

    @Override
    public int maxPositions() {
        return config.maxPositions();
    }

    @Override
    public ScalarType type() {
        return decoder.head().scalar_type().intern();
    }

    @Override
    public int tokens(Patches picture) {
        return grid(picture).tokens(config.vision().merge());
    }

    private static Grid grid(Patches picture) {
        return new Grid(picture.temporal(), picture.height(), picture.width());
    }

    @Override
    public Tensor see(List<Patches> pictures) {
        return Scope.keeping(() -> {
            Map<Grid, List<Integer>> sizes = new LinkedHashMap<>();
            for (int i = 0; i < pictures.size(); i++) {
                requireCut(pictures.get(i));
                sizes.computeIfAbsent(grid(pictures.get(i)), grid -> new java.util.ArrayList<>())
                        .add(i);
            }
            Tensor[] seen = new Tensor[pictures.size()];
            sizes.forEach((grid, numbers) -> {
                Tensor rows = vision.forward(stacked(pictures, numbers), grid);
                long tokens = grid.tokens(config.vision().merge());
                for (int i = 0; i < numbers.size(); i++) {
                    // Not split(): what a TensorVector hands out dies with the vector.
                    seen[numbers.get(i)] = rows.narrow(0, i * tokens, tokens);
                }
            });
            return seen.length == 1 ? seen[0] : cat(new TensorVector(seen), 0);
        });
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

    private static Tensor stacked(List<Patches> pictures, List<Integer> numbers) {
        Tensor[] rows = numbers.stream()
                .map(pictures::get)
                .map(picture -> HostTensors.of(picture.values(), picture.rows(), picture.rowLength()))
                .toArray(Tensor[]::new);
        return rows.length == 1 ? rows[0] : cat(new TensorVector(rows), 0);
    }

    @Override
    public PromptPositions positions(int[] prompt, List<Patches> pictures) {
        return MropePositions.of(
                prompt,
                pictures.stream().map(QwenModel::grid).toList(),
                config.imageToken(),
                config.vision().merge());
    }

    @Override
    public Tensor embed(int[] ids, Optional<Tensor> seen) {
        return Scope.keeping(() -> {
            Tensor text = decoder.embed(
                    HostTensors.of(IntStream.of(ids).asLongStream().toArray(), ids.length));
            if (seen.isEmpty()) {
                return text;
            }
            long[] places = IntStream.range(0, ids.length)
                    .filter(i -> ids[i] == config.imageToken())
                    .asLongStream()
                    .toArray();
            return text.index_copy(
                    0, HostTensors.of(places, places.length), seen.get().to(text.scalar_type()));
        });
    }

    @Override
    public void close() {
        release.run();
    }
}
