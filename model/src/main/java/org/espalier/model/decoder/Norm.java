package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.rms_norm;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Root-mean-square normalisation of the last axis; the mean is taken in float32. */
public record Norm(Tensor weight, double epsilon) {
    public Tensor of(Tensor x) {
        return rms_norm(x, new long[] {weight.size(0)}, new TensorOptional(weight), new DoubleOptional(epsilon));
    }
}
