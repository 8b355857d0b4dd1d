package org.espalier.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What libtorch and javacpp read once, while they load: set here, before, so that a program that embeds Espalier computes as
 * fast as the command line does without knowing of it. What is set already stays. The launcher sets the same, for whatever
 * touches the library first.
 */
final class NativeSettings {
    /** Of the process's environment. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            // Two thread pools (OpenMP's and OpenBLAS's) must not spin against each other.
            "OMP_WAIT_POLICY", "passive",
            // Large tensors come and go with every layer: in pages of 2 MiB they take far fewer page faults.
            "THP_MEM_ALLOC_ENABLE", "1");

    /** Native memory is freed by scopes; javacpp's own limits count shared pages several times. */
    private static final Map<String, String> PROPERTIES =
            Map.of("org.bytedeco.javacpp.maxBytes", "0", "org.bytedeco.javacpp.maxPhysicalBytes", "0");

    /** Which builds of native libraries javacpp takes. Left to itself it would mix two that are on the class path. */
    private static final String BUILD = "org.bytedeco.javacpp.platform.extension";

    private static final String FOR_GPUS = "-gpu";

    private NativeSettings() {}

    /** Has libtorch's CUDA build taken. Takes effect where libtorch was not used before. */
    static void chooseBuildForGpus() {
        System.setProperty(BUILD, FOR_GPUS);
    }

    /** Whether the CUDA build is to be taken. */
    static boolean isForGpus() {
        return FOR_GPUS.equals(System.getProperty(BUILD));
    }

    /** Where javacpp unpacks libraries. With MKL it is a place of its own, since it stands there under OpenBLAS's name. */
    private static final String UNPACKED = "org.bytedeco.javacpp.cachedir";

    /** Takes effect where no class of javacpp was used before. */
    static void apply() {
        if (Blas.chosen() == Blas.MKL) {
            takeMkl();
        }
        if (!isForGpus()) {
            System.setProperty(BUILD, "");
        }
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        setenv().ifPresent(setenv -> ENVIRONMENT.forEach((name, value) -> set(setenv, name, value)));
    }

    private static void takeMkl() {
        System.setProperty("org.bytedeco.openblas.load", "mkl");
        String place = System.getProperty(
                UNPACKED,
                Path.of(System.getProperty("user.home"), ".javacpp/cache").toString());
        System.setProperty(UNPACKED, place + "-mkl");
        // The threads that libtorch has: with two kinds of them each would stand in the other's way.
        setenv().ifPresent(setenv -> {
            set(setenv, "MKL_THREADING_LAYER", "GNU");
            // There is no second pool then, and to wait awake for a moment is cheaper than to sleep.
            set(setenv, "GOMP_SPINCOUNT", "20000");
        });
    }

    /** POSIX's; Java itself cannot change the environment. Empty on Windows. */
    private static Optional<MethodHandle> setenv() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setenv")
                .map(symbol -> linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)));
    }

    private static void set(MethodHandle setenv, String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(name);
            // Out of memory is its only failure; then the default holds.
            int unused = (int) setenv.invokeExact(key, arena.allocateFrom(value), 0);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv of " + name + " could not be called", e);
        }
    }
}
