package org.espalier.model.lora;

/**
 * The shape of an adapter.
 *
 * @param rank columns of A
 * @param scale of the product: alpha / rank, or alpha / √rank
 */
public record AdapterConfig(int rank, double alpha, double scale) {
    public AdapterConfig {
        if (rank < 1) {
            throw new IllegalArgumentException("rank " + rank + " is less than 1");
        }
    }

    public static AdapterConfig of(int rank, double alpha) {
        return new AdapterConfig(rank, alpha, alpha / rank);
    }
}
