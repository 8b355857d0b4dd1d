package org.espalier.tensor;

import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** What libtorch is told once for computing on GPUs. */
final class GpuSettings {
    private GpuSettings() {}

    static void apply() {
        Context context = torch.globalContext();
        // It makes a plan for each new shape, and every question is of another one.
        context.setSDPUseCuDNN(false);
        // Float32 is float32: a shorter type is asked for with --dtype.
        context.setAllowTF32CuBLAS(false);
        context.setAllowTF32CuDNN(false);
    }
}
