package org.espalier.model.decoder;

import java.util.List;
import java.util.Optional;
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
     * @param gradientA {@code [rank, inputs]}, is added to
     * @param gradientB {@code [outputs, rank]}, is added to
     */
    public record Part(int firstOutput, int firstRank, Tensor gradientA, Tensor gradientB) {}

    private final List<List<Optional<Product>>> layers;

    /** Of each layer, its products in the order of {@link Projection}. */
    public LoraSnapshot(List<List<Optional<Product>>> layers) {
        this.layers = List.copyOf(layers);
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
