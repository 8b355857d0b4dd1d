package org.espalier.tensor;

/**
 * A GPU as NVIDIA's driver tells of it.
 *
 * @param memory bytes in all
 * @param major of its compute capability, as 9 of 9.0
 * @param minor likewise, as 0
 */
public record CudaCard(String name, long memory, int major, int minor) {
    /** As NVIDIA writes it. */
    public String capability() {
        return major + "." + minor;
    }
}
