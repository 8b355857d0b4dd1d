package org.espalier.lab.model;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.ones_like;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.WeightSource;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/** Weights drawn at random, scaled so that activations stay of order one. Closing frees them. */
final class RandomWeights implements WeightSource, AutoCloseable {
    /** A prime, so that no row is the same as another. */
    private static final long DRAWN = 4_194_301;

    private final Placement placement;
    private final List<Tensor> owned = new ArrayList<>();

    public RandomWeights(Placement placement, long seed) {
        this.placement = placement;
        Libtorch.load();
        manual_seed(seed);
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public Tensor convolution(String name, long... shape) {
        return draw(name, shape[0], LongStream.of(shape).skip(1).reduce(1, Math::multiplyExact));
    }

    private Tensor draw(String name, long... shape) {
        Tensor drawn = Scope.own(Scope.withoutGradients(() -> {
            if (shape.length > 1) {
                return matrix(shape);
            }
            Tensor zeros = placement.zeros(shape);
            return name.endsWith(".bias") ? zeros : ones_like(zeros);
        }));
        owned.add(drawn);
        return drawn;
    }

    /** Large ones repeat what was drawn: billions of draws would take longer than what is measured. */
    private Tensor matrix(long[] shape) {
        long numbers = LongStream.of(shape).reduce(1, (a, b) -> a * b);
        Tensor drawn = RandomNumbers.of(placement.wide(), Math.min(numbers, DRAWN))
                .mul_(new Scalar(1 / Math.sqrt((double) shape[1])))
                .to(placement.scalarType());
        long times = (numbers + DRAWN - 1) / DRAWN;
        return (times == 1 ? drawn : drawn.repeat(times).narrow(0, 0, numbers)).view(shape);
    }

    @Override
    public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
        long[] shape = new long[rest.length + 1];
        shape[0] = rows.stream().mapToInt(Integer::intValue).sum();
        System.arraycopy(rest, 0, shape, 1, rest.length);
        return draw(names.getFirst(), shape);
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        owned.clear();
    }
}
