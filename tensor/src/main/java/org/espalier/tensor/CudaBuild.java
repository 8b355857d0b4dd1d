package org.espalier.tensor;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * The libraries of libtorch's CUDA build, which is on the class path beside the other build. javacpp unpacks and loads one after
 * the other in an order in which some do not find what they need, and takes the other build's in their place; two builds in one
 * process abort it. So all are unpacked first, and loaded here, before javacpp finds them loaded.
 */
final class CudaBuild {
    private static final String FOLDER = "/org/bytedeco/pytorch/linux-x86_64-gpu/";

    /** Each after those that it needs itself. */
    private static final List<String> LIBRARIES = List.of(
            "libgomp.so.1",
            "libc10.so",
            "libtorch_cpu.so",
            "libc10_cuda.so",
            "libtorch_cuda.so",
            "libtorch.so",
            "libtorch_cuda_linalg.so");

    private CudaBuild() {}

    /** Whether it is on the class path. */
    static boolean isHere() {
        return CudaBuild.class.getResource(FOLDER + "libtorch_cuda.so") != null;
    }

    /**
     * Loads it, when CUDA's own libraries are loaded.
     *
     * @throws IllegalArgumentException if a library does not load
     */
    static void load() {
        Loader.load(openblas.class);
        List<File> files = LIBRARIES.stream().map(CudaBuild::unpacked).toList();
        files.forEach(file -> SymbolLookup.libraryLookup(file.toPath(), Arena.global()));
    }

    private static File unpacked(String library) {
        try {
            return Loader.cacheResource(CudaBuild.class, FOLDER + library);
        } catch (IOException e) {
            throw new IllegalArgumentException(library + " cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
