package org.espalier.model.lora;

import java.util.List;

/**
 * The shape of an adapter.
 *
 * @param rank columns of A
 * @param scale of the product: alpha / rank, or alpha / √rank
 * @param kinds linear kinds that have an adapter, as {@code q_proj}
 */
public record AdapterConfig(int rank, double alpha, double scale, List<String> kinds) {
    /** The seven linear kinds of a decoder layer. */
    public static final List<String> ALL_KINDS =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public AdapterConfig {
        kinds = List.copyOf(kinds);
        if (rank < 1) {
            throw new IllegalArgumentException("rank " + rank + " is less than 1");
        }
    }

    public static AdapterConfig of(int rank, double alpha, List<String> kinds) {
        return new AdapterConfig(rank, alpha, alpha / rank, kinds);
    }
}
