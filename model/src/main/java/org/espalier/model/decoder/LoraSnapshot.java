package org.espalier.model.decoder;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * An adapter as it is at the moment, for one forward and backward pass: its values put together for each product and
 * rounded to the type that the base computes in, and the float32 sums that the backward pass adds its gradients to. The
 * values belong to the scope that it was made in, the sums to whoever gave them.
 */
public final class LoraSnapshot implements Deltas {
    /**
     * The adapter of one product.
     *
     * @param values of the whole product
     * @param parts one an adapted module, in the order of the product's rows
     */
    public record Product(LowRank values, List<Part> parts) {
        public Product {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One of the modules that a product is made of.
     *
     * @param firstOutput its first row of the product
     * @param firstRank its first column of {@code low}
     * @param scale of the module
     * @param gradientA {@code [rank, inputs]}, is added to
     * @param gradientB {@code [outputs, rank]}, is added to
     * @param gradientLengths of DoRA's lengths {@code [outputs]}, is added to
     */
    public record Part(
            int firstOutput,
            int firstRank,
            double scale,
            Tensor gradientA,
            Tensor gradientB,
            Optional<Tensor> gradientLengths) {}

    /**
     * The adapter of the vision side, whose backward pass is libtorch's own.
     *
     * @param deltas made of the leaves
     * @param leaves that record gradients
     * @param gradients one a leaf, are added to
     */
    public record Pictures(Deltas deltas, List<Tensor> leaves, List<Tensor> gradients) {
        public Pictures {
            leaves = List.copyOf(leaves);
            gradients = List.copyOf(gradients);
        }

        /** Moves what was recorded to the sums. */
        public void addGradients() {
            try (NoGradGuard guard = new NoGradGuard()) {
                for (int i = 0; i < leaves.size(); i++) {
                    Tensor gradient = leaves.get(i).grad();
                    if (gradient.defined()) {
                        gradients.get(i).add_(gradient);
                        leaves.get(i).mutable_grad().reset();
                    }
                }
            }
        }
    }

    private final List<List<Optional<Product>>> layers;
    private final Optional<Pictures> pictures;

    /**
     * Of each layer, its products in the order of {@link Projection}.
     *
     * @param pictures empty where nothing is adapted there
     */
    public LoraSnapshot(List<List<Optional<Product>>> layers, Optional<Pictures> pictures) {
        this.layers = List.copyOf(layers);
        this.pictures = pictures;
    }

    /** The vision side's; empty where nothing is adapted there. */
    public Optional<Pictures> pictures() {
        return pictures;
    }

    @Override
    public Optional<LowRank> of(NamedLinear linear) {
        return pictures.flatMap(given -> given.deltas().of(linear));
    }

    @Override
    public boolean changesPictures() {
        return pictures.isPresent();
    }

    @Override
    public Optional<LowRank> of(int layer, Projection which) {
        return product(layer, which).map(Product::values);
    }

    /** What adapts a product; empty where nothing does. */
    Optional<Product> product(int layer, Projection which) {
        return layers.get(layer).get(which.ordinal());
    }
}
