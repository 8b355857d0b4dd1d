package org.espalier.model.family;

/**
 * A linear module that an adapter can change: {@code y = Wx + b}.
 *
 * @param name as {@link ModuleNames} has it, {@code layers.0.self_attn.q_proj} or {@code visual.blocks.0.attn.qkv}
 * @param outputs rows of W
 * @param inputs its columns
 * @param used whether anybody looks at what it computes
 */
public record LinearModule(String name, int outputs, int inputs, boolean used) {}
