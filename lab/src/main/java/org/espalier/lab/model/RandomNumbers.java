package org.espalier.lab.model;

import static org.bytedeco.pytorch.global.torch.randn_like;

import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Device;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/** Normally distributed numbers, the same ones wherever they are wanted. */
final class RandomNumbers {
    private RandomNumbers() {}

    /** As many, drawn by the processor from libtorch's own generator, whose seed the caller has set. */
    static Tensor of(Placement placement, long count) {
        Placement host = new Placement(Device.CPU, placement.type());
        if (placement.equals(host)) {
            return randn_like(host.zeros(count));
        }
        return Scope.keeping(() -> placement.numbers(host.floats(randn_like(host.zeros(count))), count));
    }
}
