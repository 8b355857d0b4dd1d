package org.espalier.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Gives native work the threads that suit it until it is closed: one, for products so small that handing a part of them
 * to another thread costs more than it saves, or those of the one library that computes the products. It holds for the whole
 * process, for libtorch's own threads and for OpenBLAS's, of which libtorch knows nothing; where OpenBLAS cannot be told,
 * for libtorch's alone.
 */
public final class NativeThreads implements AutoCloseable {
    /** OpenBLAS's own functions, found in the library that libtorch has loaded. */
    private record OpenBlas(MethodHandle get, MethodHandle set) {
        static final Optional<OpenBlas> HERE = find();

        private static Optional<OpenBlas> find() {
            Libtorch.load();
            if (Blas.chosen() != Blas.OPENBLAS) {
                return Optional.empty(); // MKL has libtorch's own threads
            }
            try {
                SymbolLookup library = SymbolLookup.libraryLookup("libopenblas.so.0", Arena.global());
                Linker linker = Linker.nativeLinker();
                return Optional.of(new OpenBlas(
                        linker.downcallHandle(
                                library.findOrThrow("openblas_get_num_threads"),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT)),
                        linker.downcallHandle(
                                library.findOrThrow("openblas_set_num_threads"),
                                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))));
            } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
                return Optional.empty();
            }
        }

        int threads() {
            try {
                return (int) get.invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("OpenBLAS does not say how many threads it has", e);
            }
        }

        void setThreads(int count) {
            try {
                set.invokeExact(count);
            } catch (Throwable e) {
                throw new IllegalStateException("OpenBLAS cannot be told how many threads to use", e);
            }
        }
    }

    private final int torchThreads;
    private final int blasThreads;

    private NativeThreads(int torchThreads, int blasThreads) {
        this.torchThreads = torchThreads;
        this.blasThreads = blasThreads;
    }

    /** One thread from now on. */
    public static NativeThreads single() {
        return of(1);
    }

    /** So many from now on, of either library. */
    public static NativeThreads of(int count) {
        return of(count, count);
    }

    /** So many from now on, of libtorch's own and of OpenBLAS's. */
    public static NativeThreads of(int torchThreads, int blasThreads) {
        NativeThreads before = now();
        set(torchThreads, blasThreads);
        return before;
    }

    /**
     * One thread if the products are small. Those of half-width numbers are libtorch's own, so that OpenBLAS's threads,
     * which spin between the few products that are left to them, would only stand in their way.
     *
     * @param type of the weights
     */
    static NativeThreads suited(boolean small, ScalarType type) {
        if (!small) {
            return torch.elementSize(type) < Float.BYTES ? withoutBlas() : unchanged();
        }
        return single();
    }

    /** Of libtorch alone: where it multiplies itself, OpenBLAS's threads would stand in its way. */
    static NativeThreads withoutBlas() {
        return of(torch.get_num_threads(), 1);
    }

    /** As many as there are. */
    public static NativeThreads unchanged() {
        return now();
    }

    private static NativeThreads now() {
        Libtorch.load();
        return new NativeThreads(torch.get_num_threads(), blasThreads());
    }

    /** OpenBLAS's; 1 where it cannot be asked. */
    public static int blasThreads() {
        return OpenBlas.HERE.map(OpenBlas::threads).orElse(1);
    }

    private static void set(int torchThreads, int blasThreads) {
        if (torch.get_num_threads() != torchThreads) {
            torch.set_num_threads(torchThreads);
        }
        OpenBlas.HERE.filter(blas -> blas.threads() != blasThreads).ifPresent(blas -> blas.setThreads(blasThreads));
    }

    /** As many threads as before. */
    @Override
    public void close() {
        set(torchThreads, blasThreads);
    }
}
