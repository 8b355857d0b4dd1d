package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.addmm;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.tensor.Scope;

/**
 * One product of a layer with LoRA, forward and backward: {@code y = Wx + b + scale · B(Ax)}, or with DoRA {@code y =
 * factors · (Wx + scale · B(Ax)) + b}. W and b are frozen. Keeps {@code low = Ax} in between; {@code x} is given again, since
 * some are cheaper to compute again than to keep.
 */
final class AdaptedProduct implements AutoCloseable {
    private final Linear base;
    private final Optional<LoraSnapshot.Product> lora;
    private Optional<Tensor> low = Optional.empty();
    private Optional<Stretch> stretch = Optional.empty();

    /**
     * Of DoRA, one number an output.
     *
     * @param own the lengths of the rows of {@code W + scale · BA}
     * @param factors that bring them to the lengths that are wanted, in the type of what is computed
     */
    private record Stretch(Tensor own, Tensor factors) {}

    AdaptedProduct(Linear base, Optional<LoraSnapshot.Product> lora) {
        this.base = base;
        this.lora = lora;
    }

    /** Of {@code x [tokens, inputs]}: {@code [tokens, outputs]}. */
    Tensor forward(Tensor x) {
        return stretches() ? stretched(x) : adapt(base.of(x), x);
    }

    /** The same beside a residual {@code [tokens, outputs]}. */
    Tensor forward(Tensor x, Tensor residual) {
        if (stretches()) {
            return stretched(x).add_(residual);
        }
        Tensor y = base.bias().isPresent()
                ? residual.add(base.of(x))
                : addmm(residual, x, base.weight().t());
        return adapt(y, x);
    }

    private boolean stretches() {
        return lora.flatMap(product -> product.values().lengths()).isPresent();
    }

    private Tensor stretched(Tensor x) {
        LowRank values = lora.orElseThrow().values();
        ScalarType wide = values.lengths().orElseThrow().scalar_type();
        // A weight of this size is there for a moment.
        Tensor own = Scope.keeping(() -> LowRank.rowLengths(addmm(
                base.weight().to(wide),
                values.b().to(wide),
                values.a().to(wide),
                new Scalar(1.0),
                new Scalar(values.scale()))));
        Tensor factors = values.factors(own).to(x.scalar_type());
        stretch = Optional.of(new Stretch(Scope.own(own), Scope.own(factors)));
        Tensor y = adapt(x.mm(base.weight().t()), x).mul_(factors);
        base.bias().ifPresent(bias -> y.add_(bias));
        return y;
    }

    private Tensor adapt(Tensor y, Tensor x) {
        lora.map(LoraSnapshot.Product::values).ifPresent(values -> {
            Tensor ax = x.mm(values.a().t()); // [tokens, rank]
            addProduct(y, ax, values.b().t(), values.scale());
            low = Optional.of(Scope.own(ax));
        });
        return y;
    }

    /**
     * Adds to the gradients of A and B.
     *
     * @param outputGradient of the result, {@code [tokens, outputs]}
     * @return the gradient of {@code low}, {@code [tokens, rank]}; empty without LoRA
     */
    Optional<Tensor> addGradients(Tensor x, Tensor outputGradient) {
        return addLowGradients(x, beforeLengths(x, outputGradient));
    }

    /** Adds to the gradients of the lengths. The gradient of what they are multiplied to is left. */
    private Tensor beforeLengths(Tensor x, Tensor outputGradient) {
        if (stretch.isEmpty()) {
            return outputGradient;
        }
        LowRank values = lora.orElseThrow().values();
        Tensor plain = x.mm(base.weight().t()); // [tokens, outputs]
        addProduct(plain, low.orElseThrow(), values.b().t(), values.scale());
        plain.mul_(outputGradient);
        for (LoraSnapshot.Part part : lora.get().parts()) {
            part.gradientLengths().ifPresent(sum -> {
                Tensor mine = plain.narrow(1, part.firstOutput(), sum.size(0)).to(sum.scalar_type());
                sum.add_(mine.sum(0).div(stretch.get().own().narrow(0, part.firstOutput(), sum.size(0))));
            });
        }
        return outputGradient.mul(stretch.get().factors());
    }

    private Optional<Tensor> addLowGradients(Tensor x, Tensor outputGradient) {
        if (lora.isEmpty()) {
            return Optional.empty();
        }
        LowRank values = lora.get().values();
        Tensor ax = low.orElseThrow();
        Tensor lowGradient;
        try (Scalar scale = new Scalar(values.scale())) {
            lowGradient = outputGradient.mm(values.b()).mul_(scale); // [tokens, rank]
        }
        for (LoraSnapshot.Part part : lora.get().parts()) {
            long rank = part.gradientA().size(0);
            long outputs = part.gradientB().size(0);
            Tensor mine = outputGradient.narrow(1, part.firstOutput(), outputs); // [tokens, outputs of the part]
            addProduct(
                    part.gradientA(),
                    lowGradient.narrow(1, part.firstRank(), rank).t(),
                    x,
                    1);
            addProduct(part.gradientB(), mine.t(), ax.narrow(1, part.firstRank(), rank), part.scale());
        }
        return Optional.of(lowGradient);
    }

    /**
     * Adds to the gradients of A and B, as {@link #addGradients}.
     *
     * @return the gradient of {@code x}, {@code [tokens, inputs]}
     */
    Tensor backward(Tensor x, Tensor outputGradient) {
        Tensor gradient = beforeLengths(x, outputGradient);
        Optional<Tensor> lowGradient = addLowGradients(x, gradient);
        Tensor inputGradient = gradient.mm(base.weight());
        lowGradient.ifPresent(
                ofLow -> inputGradient.addmm_(ofLow, lora.orElseThrow().values().a()));
        return inputGradient;
    }

    /** Adds {@code scale · left · right}, which may be of half width, to a sum. */
    private static void addProduct(Tensor sum, Tensor left, Tensor right, double scale) {
        try (Scalar one = new Scalar(1.0);
                Scalar factor = new Scalar(scale)) {
            if (sum.scalar_type().intern() == left.scalar_type().intern()) {
                sum.addmm_(left, right, one, factor);
            } else {
                sum.add_(left.mm(right), factor);
            }
        }
    }

    @Override
    public void close() {
        low.ifPresent(Tensor::close);
        low = Optional.empty();
        stretch.ifPresent(kept -> {
            kept.own().close();
            kept.factors().close();
        });
        stretch = Optional.empty();
    }
}
