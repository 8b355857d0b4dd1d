package org.espalier.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

    private NativeSettings() {}

    /** Takes effect where no class of javacpp was used before. */
    static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        setenv().ifPresent(setenv -> ENVIRONMENT.forEach((name, value) -> set(setenv, name, value)));
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
