package org.espalier.model.decoder;

import java.util.List;

/** The four products of a decoder layer and the seven linear kinds of the checkpoint that they are made of. */
public enum Projection {
    QKV("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    OUTPUT("self_attn.o_proj"),
    GATE_UP("mlp.gate_proj", "mlp.up_proj"),
    DOWN("mlp.down_proj");

    private final List<String> parts;

    Projection(String... parts) {
        this.parts = List.of(parts);
    }

    /** Names below {@code layers.N.}, in the order of the fused rows. */
    public List<String> parts() {
        return parts;
    }

    /** Rows of each part. */
    public List<Integer> outputs(TextShape shape) {
        return switch (this) {
            case QKV -> List.of(shape.queryWidth(), shape.keyWidth(), shape.keyWidth());
            case OUTPUT, DOWN -> List.of(shape.hidden());
            case GATE_UP -> List.of(shape.feedForward(), shape.feedForward());
        };
    }

    /** Columns. */
    public int inputs(TextShape shape) {
        return switch (this) {
            case QKV, GATE_UP -> shape.hidden();
            case OUTPUT -> shape.queryWidth();
            case DOWN -> shape.feedForward();
        };
    }
}
