package org.espalier.tensor;

import java.util.function.ToLongFunction;
import org.bytedeco.pytorch.SizeTPair;
import org.bytedeco.pytorch.Stat;
import org.bytedeco.pytorch.cuda.DeviceStats;
import org.bytedeco.pytorch.global.torch;

/** The memory of a GPU, as libtorch's allocator has it. */
final class GpuMemory {
    private GpuMemory() {}

    /** Bytes that tensors can still take: what the driver has left, and what libtorch holds without using it. */
    static long free(byte gpu) {
        try (SizeTPair left = torch.getMemoryInfo(gpu)) {
            return left.first() + stat(gpu, GpuMemory::unused);
        }
    }

    private static long unused(DeviceStats stats) {
        try (Stat held = stats.reserved_bytes();
                Stat used = stats.allocated_bytes()) {
            return held.current() - used.current();
        }
    }

    /** Gives back what is held without being used. */
    static void release() {
        torch.emptyCache();
    }

    /** Bytes of the tensors that there were at once. */
    static long peak(byte gpu) {
        return stat(gpu, stats -> {
            try (Stat used = stats.allocated_bytes()) {
                return used.peak();
            }
        });
    }

    static void forgetPeak(byte gpu) {
        torch.resetPeakStats(gpu);
    }

    /** Nothing where the bindings of CUDA, which these figures are read through, are not on the class path. */
    private static long stat(byte gpu, ToLongFunction<DeviceStats> figure) {
        try (DeviceStats stats = torch.getDeviceStats(gpu)) {
            return figure.applyAsLong(stats);
        } catch (LinkageError e) {
            return 0;
        }
    }
}
