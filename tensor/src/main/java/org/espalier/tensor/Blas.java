package org.espalier.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * The library that multiplies matrices of float32 and float64 on a processor. libtorch is built for OpenBLAS; MKL has the same
 * functions and takes its place while libtorch loads, where it is faster, as on processors of Intel. Results repeat with the
 * same one alone.
 */
public enum Blas {
    /** Comes with Espalier. */
    OPENBLAS("OpenBLAS"),
    /** Is brought by {@code espalier setup --mkl}, or was installed where Intel's installer puts it. */
    MKL("MKL");

    /** Of the system: the one that is to be taken, in lower case. */
    private static final String CHOICE = "espalier.blas";

    private static final String RESOURCE = "/org/bytedeco/mkl/linux-x86_64/libmkl_rt.so.2";
    private static final Path INSTALLED = Path.of("/opt/intel/oneapi/mkl/latest/lib/libmkl_rt.so.2");

    /** Of the products that are timed: what a question makes of the benchmark's model {@code small}. */
    private static final long[][] SHAPES = {{1650, 512, 2048}, {1650, 2048, 512}, {1480, 512, 32000}};

    private static final int WARM_UPS = 3;
    private static final int RUNS = 7;

    /** Bytes that a name and a version take at most. */
    private static final int WORDS = 256;

    private final String title;

    Blas(String title) {
        this.title = title;
    }

    /** As its authors write it. */
    public String title() {
        return title;
    }

    /** As a user writes it. */
    public String label() {
        return title.toLowerCase(Locale.ROOT);
    }

    /**
     * The one of that name.
     *
     * @throws InputException if there is none
     */
    public static Blas named(String label) {
        return Arrays.stream(values())
                .filter(blas -> blas.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InputException("nothing multiplies that is called '" + label + "': take "
                        + Arrays.stream(values()).map(Blas::label).collect(Collectors.joining(" or "))));
    }

    /** The one of this process: OpenBLAS, unless another was chosen. */
    public static Blas chosen() {
        return named(System.getProperty(CHOICE, OPENBLAS.label()));
    }

    /** Whether it can be loaded on this machine. */
    public boolean isThere() {
        return this == OPENBLAS || Blas.class.getResource(RESOURCE) != null || Files.exists(INSTALLED);
    }

    /**
     * Has it taken in this process. Takes effect where libtorch was not used before; where it was, with another one, its next
     * use is refused.
     *
     * @throws SurroundingsException if it is not there
     */
    public void choose() {
        if (!isThere()) {
            throw new SurroundingsException(
                    title + " is not on this machine: 'espalier setup --mkl' brings it, or take --blas openblas");
        }
        System.setProperty(CHOICE, label());
    }

    /** Its name and version as it says them itself; only the one of this process can be asked. */
    String described() {
        return this == OPENBLAS
                ? text("libopenblas.so.0", "openblas_get_config", title, false)
                : text("libmkl_rt.so.2", "mkl_get_version_string", title, true);
    }

    private static String text(String library, String function, String title, boolean intoBuffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment symbol = SymbolLookup.libraryLookup(library, arena).findOrThrow(function);
            Linker linker = Linker.nativeLinker();
            if (intoBuffer) {
                MethodHandle call = linker.downcallHandle(
                        symbol, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
                MemorySegment buffer = arena.allocate(WORDS);
                call.invokeExact(buffer, WORDS - 1);
                return version(title, buffer.getString(0));
            }
            MethodHandle call = linker.downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.ADDRESS));
            MemorySegment said = (MemorySegment) call.invokeExact();
            return version(title, said.reinterpret(WORDS).getString(0));
        } catch (Throwable e) {
            // What it is called is a courtesy: another system names its file in another way.
            return title;
        }
    }

    /** The title and the first number with a point in it. */
    static String version(String title, String said) {
        return Arrays.stream(said.split("[\\s-]+"))
                .filter(word -> word.matches("\\d+\\.\\d+.*"))
                .findFirst()
                .map(number -> title + " " + number)
                .orElse(title);
    }

    /** What the one of this process reaches with all threads in products of float32, in 10⁹ operations a second; takes a second. */
    public static double gigaflops() {
        Libtorch.load();
        double[] rates = new double[SHAPES.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = rate(SHAPES[i]);
        }
        // Each shape takes its share of a question's time.
        return rates.length / Arrays.stream(rates).map(rate -> 1 / rate).sum();
    }

    private static double rate(long[] shape) {
        try (PointerScope scope = new PointerScope()) {
            Tensor left = Placement.CPU.zeros(shape[0], shape[1]);
            Tensor right = Placement.CPU.zeros(shape[2], shape[1]).t();
            double[] seconds = new double[RUNS];
            for (int run = -WARM_UPS; run < RUNS; run++) {
                try (PointerScope inner = new PointerScope()) {
                    long start = System.nanoTime();
                    Tensor unused = torch.mm(left, right);
                    seconds[Math.max(run, 0)] = (System.nanoTime() - start) / 1e9;
                }
            }
            Arrays.sort(seconds);
            return 2e-9 * shape[0] * shape[1] * shape[2] / seconds[RUNS / 2];
        }
    }
}
