package org.espalier.model.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.lora.Parameters;
import org.espalier.model.qwen.QwenConfig;
import org.espalier.model.qwen.QwenModel;
import org.espalier.tensor.HostTensors;
import org.espalier.tensor.Libtorch;

/** All weights of a model in one trainable stretch of memory, drawn at random. Closing it frees weights and model. */
final class FullWeights implements AutoCloseable {
    /** Embeddings begin with this standard deviation, as in the published models. */
    private static final double EMBEDDING = 0.02;

    private static final String PATCHES = "visual.patch_embed.proj.weight";

    /** A parameter and the tensors of a checkpoint that its rows are. */
    private record Piece(List<String> names, List<Integer> rows, long[] shape) {
        String key() {
            return String.join("+", names);
        }
    }

    private final QwenConfig config;
    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private final Parameters parameters;
    private final QwenModel model;

    private FullWeights(QwenConfig config, long seed) {
        this.config = config;
        Libtorch.load();
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> drawn = new LinkedHashMap<>();
            SplittableRandom random = new SplittableRandom(seed);
            build(piece -> {
                pieces.put(piece.key(), piece);
                return drawn.computeIfAbsent(piece.key(), key -> draw(piece, random));
            });
            parameters = new Parameters(drawn);
        }
        model = build(piece -> view(piece));
    }

    /** Draws weights; the same seed draws the same. */
    static FullWeights random(QwenConfig config, long seed) {
        return new FullWeights(config, seed);
    }

    private QwenModel build(java.util.function.Function<Piece, Tensor> find) {
        WeightSource source = new WeightSource() {
            @Override
            public Tensor get(String name, long... shape) {
                return find.apply(new Piece(List.of(name), List.of((int) shape[0]), shape));
            }

            @Override
            public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
                long[] shape = new long[rest.length + 1];
                shape[0] = rows.stream().mapToInt(Integer::intValue).sum();
                System.arraycopy(rest, 0, shape, 1, rest.length);
                return find.apply(new Piece(names, rows, shape));
            }
        };
        return QwenModel.of(config, source, Set.of(), () -> {});
    }

    private static Tensor draw(Piece piece, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(Arrays.stream(piece.shape()).reduce(1, Math::multiplyExact))];
        if (piece.shape().length > 1) {
            // What a product makes of numbers of size 1 begins with size 1, whatever its width.
            boolean embedding = piece.names().getFirst().endsWith("embed_tokens.weight");
            double deviation = embedding ? EMBEDDING : 1 / Math.sqrt((double) piece.shape()[1]);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        } else if (!piece.names().getFirst().endsWith(".bias")) {
            Arrays.fill(values, 1);
        }
        return HostTensors.of(values, piece.shape());
    }

    private Tensor view(Piece piece) {
        return Objects.requireNonNull(parameters.views().get(piece.key()), piece.key());
    }

    QwenModel model() {
        return model;
    }

    Parameters parameters() {
        return parameters;
    }

    /** The weights under the names and in the shapes of a checkpoint, as views, to be used before this is closed. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        pieces.values().forEach(piece -> {
            Tensor rows = view(piece).detach();
            IntStream.range(0, piece.names().size()).forEach(i -> {
                long start = piece.rows().subList(0, i).stream()
                        .mapToLong(Integer::longValue)
                        .sum();
                String name = piece.names().get(i);
                Tensor part = rows.narrow(0, start, piece.rows().get(i));
                tensors.put(name, name.equals(PATCHES) ? convolution(part) : part);
            });
        });
        return tensors;
    }

    /** The patch embedding as checkpoints have it: {@code [hidden, channels, frames, patch, patch]}. */
    private Tensor convolution(Tensor product) {
        long patch = config.vision().patch();
        return product.view(product.size(0), 3, product.size(1) / (3 * patch * patch), patch, patch);
    }

    @Override
    public void close() {
        model.close();
        parameters.close();
    }
}
