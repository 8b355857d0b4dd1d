package org.espalier.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Asks NVIDIA's driver itself, before anything of CUDA's is loaded: libtorch says of most obstacles only that there is no GPU.
 */
final class CudaDriverCalls {
    private static final String LIBRARY = "libcuda.so.1";
    /** {@code CUDA_ERROR_NO_DEVICE} of cuda.h. */
    static final int NO_DEVICE = 100;

    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int LONGEST_NAME = 256;
    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final ValueLayout ADDRESS = ValueLayout.ADDRESS;

    private final SymbolLookup library;
    private final Arena arena;

    private CudaDriverCalls(SymbolLookup library, Arena arena) {
        this.library = library;
        this.arena = arena;
    }

    /** What it says now; which cards there are it says as {@code CUDA_VISIBLE_DEVICES} allows. */
    static CudaDriver here() {
        return in(LIBRARY);
    }

    static CudaDriver in(String name) {
        SymbolLookup library;
        try {
            // For good: a driver is not meant to be loaded twice.
            library = SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            return new CudaDriver.Absent();
        }
        try (Arena arena = Arena.ofConfined()) {
            return new CudaDriverCalls(library, arena).answer();
        } catch (Refused e) {
            return new CudaDriver.Failing(e.code);
        } catch (NoSuchElementException e) {
            // Older than anything that libtorch could use.
            return new CudaDriver.Ready(0, List.of());
        }
    }

    private CudaDriver answer() throws Refused {
        call("cuInit", FunctionDescriptor.of(INT, INT), 0);
        int version = number("cuDriverGetVersion");
        List<CudaCard> cards = new ArrayList<>();
        int count = number("cuDeviceGetCount");
        for (int i = 0; i < count; i++) {
            cards.add(card(i));
        }
        return new CudaDriver.Ready(version, cards);
    }

    private int number(String function) throws Refused {
        MemorySegment to = arena.allocate(ValueLayout.JAVA_INT);
        call(function, FunctionDescriptor.of(INT, ADDRESS), to);
        return to.get(ValueLayout.JAVA_INT, 0);
    }

    private CudaCard card(int number) throws Refused {
        MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
        call("cuDeviceGet", FunctionDescriptor.of(INT, ADDRESS, INT), handle, number);
        int device = handle.get(ValueLayout.JAVA_INT, 0);
        MemorySegment name = arena.allocate(LONGEST_NAME);
        call("cuDeviceGetName", FunctionDescriptor.of(INT, ADDRESS, INT, INT), name, LONGEST_NAME, device);
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        call("cuDeviceTotalMem_v2", FunctionDescriptor.of(INT, ADDRESS, INT), bytes, device);
        return new CudaCard(
                name.getString(0),
                bytes.get(ValueLayout.JAVA_LONG, 0),
                attribute(CAPABILITY_MAJOR, device),
                attribute(CAPABILITY_MINOR, device));
    }

    private int attribute(int which, int device) throws Refused {
        MemorySegment to = arena.allocate(ValueLayout.JAVA_INT);
        call("cuDeviceGetAttribute", FunctionDescriptor.of(INT, ADDRESS, INT, INT), to, which, device);
        return to.get(ValueLayout.JAVA_INT, 0);
    }

    private void call(String function, FunctionDescriptor form, Object... arguments) throws Refused {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(library.findOrThrow(function), form);
        int code;
        try {
            code = (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(function + " of " + LIBRARY + " could not be called", e);
        }
        if (code != 0) {
            throw new Refused(code);
        }
    }

    /** A call that did not succeed. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int code;

        Refused(int code) {
            super("CUDA's driver answers with " + code, null, false, false);
            this.code = code;
        }
    }
}
