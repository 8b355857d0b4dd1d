package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.layer_norm;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Normalisation of the last axis by its mean and variance. */
public record LayerNorm(Tensor weight, Tensor bias, double epsilon) {
    public Tensor of(Tensor x) {
        return layer_norm(
                x, new long[] {weight.size(0)}, new TensorOptional(weight), new TensorOptional(bias), epsilon, true);
    }
}
