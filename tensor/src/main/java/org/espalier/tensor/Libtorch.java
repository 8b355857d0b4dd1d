package org.espalier.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.SurroundingsException;

/**
 * The native library as it stands on this machine.
 *
 * @param version of libtorch, as 2.10.0
 * @param instructions the widest vector instructions it uses here, as AVX512
 * @param blas what multiplies matrices of float32, as OpenBLAS 0.3.31
 * @param threads how many threads one operation may use
 */
public record Libtorch(String version, String instructions, String blas, int threads) {
    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([0-9.]+)");

    /** What does not change once the library is loaded; asking javacpp again takes half a millisecond each time. */
    private static final class Loaded {
        static final String VERSION_HERE;
        static final String INSTRUCTIONS_HERE;
        static final boolean FOR_GPUS;
        static final Blas MULTIPLIES = Blas.chosen();
        static final String MULTIPLIES_DESCRIBED;

        static {
            NativeSettings.apply();
            FOR_GPUS = NativeSettings.isForGpus();
            // javacpp may have read its settings before ours were made.
            Loader.loadProperties(true);
            if (FOR_GPUS) {
                CudaLibraries.here().load();
                CudaBuild.load();
            }
            Loader.load(torch.class);
            if (FOR_GPUS) {
                GpuSettings.apply();
            }
            Matcher version = VERSION.matcher(text(torch.show_config()));
            VERSION_HERE = version.find() ? version.group(1) : "unknown";
            INSTRUCTIONS_HERE = text(torch.get_cpu_capability());
            MULTIPLIES_DESCRIBED = MULTIPLIES.described();
        }
    }

    /**
     * Loads the library, which unpacks it on first use; costs next to nothing when it is loaded.
     *
     * @throws SurroundingsException if it does not load here
     */
    public static Libtorch load() {
        try {
            if (Loaded.MULTIPLIES != Blas.chosen()) {
                throw new SurroundingsException("this process has multiplied with " + Loaded.MULTIPLIES.title()
                        + " already, and cannot change to " + Blas.chosen().title() + ": choose before anything else");
            }
            return new Libtorch(
                    Loaded.VERSION_HERE,
                    Loaded.INSTRUCTIONS_HERE,
                    Loaded.MULTIPLIES_DESCRIBED,
                    torch.get_num_threads());
        } catch (LinkageError e) {
            throw new SurroundingsException(
                    "libtorch does not load on this machine (" + reason(e)
                            + "): it needs a 64-bit Linux, macOS or Windows with its C++ runtime library, and room to"
                            + " unpack 400 MB, 900 with its CUDA build, below "
                            + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp")
                            + ".",
                    e);
        }
    }

    private static String reason(LinkageError e) {
        return String.valueOf(
                e.getMessage() == null && e.getCause() != null ? e.getCause().getMessage() : e.getMessage());
    }

    /**
     * Loads the build that computes on GPUs too.
     *
     * @throws SurroundingsException if it does not load here, or the other build is in this process already
     */
    static Libtorch loadForGpus() {
        NativeSettings.chooseBuildForGpus();
        Libtorch loaded = load();
        if (!Loaded.FOR_GPUS) {
            throw new SurroundingsException("this process has computed with libtorch's other build already, and cannot"
                    + " change to the one for GPUs: ask for the GPU before anything else");
        }
        return loaded;
    }

    private static String text(BytePointer pointer) {
        try (pointer) {
            return pointer.getString();
        }
    }
}
