package org.espalier.model.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.lora.Parameters;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.TensorSource;

/** All weights of a model in one trainable stretch of memory, drawn at random. Closing it frees weights and model. */
final class FullWeights implements AutoCloseable {
    /** Embeddings begin with this standard deviation, as in the published models. */
    private static final double EMBEDDING = 0.02;

    /**
     * A parameter and the tensors of a checkpoint that its rows are.
     *
     * @param rest of the shape in which each is stored
     */
    private record Piece(List<String> names, List<Integer> rows, long... rest) {
        String key() {
            return String.join("+", names);
        }

        /** One dimension for biases and norms, two for all else: convolutions are computed as products. */
        long[] shape() {
            long height = rows.stream().mapToLong(Integer::longValue).sum();
            return rest.length == 0 ? new long[] {height} : new long[] {height, product(rest)};
        }

        long[] stored(int part) {
            return LongStream.concat(LongStream.of(rows.get(part)), LongStream.of(rest))
                    .toArray();
        }
    }

    private final ModelFolder folder;
    private final Placement placement;
    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private final Parameters parameters;
    private final LoadedModel model;

    /** Draws weights; the same seed draws the same. */
    FullWeights(ModelFolder folder, Placement placement, long seed) {
        this.folder = folder;
        this.placement = placement;
        Libtorch.load();
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> drawn = new LinkedHashMap<>();
            SplittableRandom random = new SplittableRandom(seed);
            build(piece -> {
                pieces.put(piece.key(), piece);
                return drawn.computeIfAbsent(piece.key(), key -> draw(piece, random));
            });
            parameters = new Parameters(drawn, placement);
        }
        model = build(piece -> view(piece));
    }

    private LoadedModel build(Function<Piece, Tensor> find) {
        return LoadedModel.of(folder, new WeightSource() {
            @Override
            public Placement placement() {
                return placement;
            }

            @Override
            public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
                return find.apply(new Piece(names, rows, rest));
            }

            @Override
            public Tensor convolution(String name, long... shape) {
                int rows = Math.toIntExact(shape[0]);
                return find.apply(new Piece(List.of(name), List.of(rows), Arrays.copyOfRange(shape, 1, shape.length)));
            }
        });
    }

    /** Takes the values of a checkpoint of the same model. */
    void take(TensorSource checkpoint) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            tensors().forEach((name, own) -> own.copy_(placement.read(checkpoint, name)));
        }
    }

    private static long product(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private Tensor draw(Piece piece, SplittableRandom random) {
        long[] shape = piece.shape();
        float[] values = new float[Math.toIntExact(product(shape))];
        if (shape.length > 1) {
            // What a product makes of numbers of size 1 begins with size 1, whatever its width.
            boolean embedding = piece.names().getFirst().endsWith("embed_tokens.weight");
            double deviation = embedding ? EMBEDDING : 1 / Math.sqrt((double) shape[1]);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        } else if (!piece.names().getFirst().endsWith(".bias")) {
            Arrays.fill(values, 1);
        }
        return placement.numbers(values, shape);
    }

    private Tensor view(Piece piece) {
        return Objects.requireNonNull(parameters.views().get(piece.key()), piece.key());
    }

    LoadedModel model() {
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
                Tensor part = rows.narrow(0, start, piece.rows().get(i));
                tensors.put(piece.names().get(i), part.view(piece.stored(i)));
            });
        });
        return tensors;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
