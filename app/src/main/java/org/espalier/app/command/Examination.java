package org.espalier.app.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.core.SurroundingsException;
import org.espalier.core.text.Counted;
import org.espalier.tensor.Blas;
import org.espalier.tensor.CudaCard;
import org.espalier.tensor.CudaFacts;
import org.espalier.tensor.Libtorch;

/**
 * Looks at the machine.
 *
 * @param environment the variables of the process
 * @param cache where native libraries are unpacked
 * @param compares whether what multiplies matrices is compared, where there is a choice
 */
record Examination(Map<String, String> environment, Path cache, boolean compares) {
    private static final double GIB = 1L << 30;
    /** What the demonstration needs at its peak, libtorch included. */
    private static final double MEMORY_GIB = 4;
    /** Unpacked libraries, a run folder, and air. */
    private static final double DISK_GIB = 2;

    List<Finding> findings() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(libtorch());
        findings.addAll(gpus(CudaFacts.here()));
        findings.addAll(speed());
        findings.add(blas());
        findings.add(memory((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()));
        findings.add(disk());
        return findings;
    }

    private static Finding java() {
        return Finding.ok(
                "Java",
                "%s from %s, heap up to %.1f GiB"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                Runtime.getRuntime().maxMemory() / GIB));
    }

    private static Finding libtorch() {
        try {
            Libtorch library = Libtorch.load();
            return Finding.ok(
                    "libtorch",
                    library.version() + " with " + library.instructions() + " on "
                            + Counted.of(library.threads(), "thread"));
        } catch (SurroundingsException e) {
            return Finding.bad("libtorch", String.valueOf(e.getMessage()));
        }
    }

    /** The GPUs there are, or what is in the way of using one; a machine without any is as good as others. */
    static List<Finding> gpus(CudaFacts facts) {
        if (facts.cards().isEmpty() && !facts.build()) {
            return List.of(Finding.ok(
                    "GPU", "none that can be used: " + facts.obstacle(0).orElse("")));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < Math.max(1, facts.cards().size()); i++) {
            String name = i < facts.cards().size() ? card(i, facts.cards().get(i)) : "";
            findings.add(facts.obstacle(i)
                    .map(why -> Finding.hint("GPU", (name.isEmpty() ? "" : name + ": ") + why))
                    .orElseGet(() -> Finding.ok("GPU", name)));
        }
        return findings;
    }

    private static String card(int number, CudaCard card) {
        return String.format(
                Locale.ROOT,
                "cuda:%d, %s, %.1f GiB, compute capability %s",
                number,
                card.name(),
                card.memory() / GIB,
                card.capability());
    }

    /** Two settings of the environment that change the speed on a processor several times. */
    List<Finding> speed() {
        List<Finding> findings = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        findings.add(Finding.ok("processor", System.getProperty("os.arch") + ", " + cores + " cores for this process"));
        if (environment.containsKey("OPENBLAS_CORETYPE")) {
            findings.add(Finding.hint(
                    "BLAS",
                    "OPENBLAS_CORETYPE=" + environment.get("OPENBLAS_CORETYPE")
                            + " is set, which can halve the speed of matrix products: try"
                            + " 'env -u OPENBLAS_CORETYPE ./espalier ...'"));
        }
        if (!"passive".equalsIgnoreCase(environment.getOrDefault("OMP_WAIT_POLICY", ""))) {
            findings.add(
                    Finding.hint(
                            "threads",
                            "OMP_WAIT_POLICY is not 'passive': idle threads may spin and take the processor from working ones"));
        }
        return findings;
    }

    /** What multiplies, and why: where there is a choice both are tried. */
    private Finding blas() throws InterruptedException {
        try {
            if (!compares || !Blas.MKL.isThere()) {
                String own = Libtorch.load().blas();
                return compares && BlasComparison.thisProcessor().contains("Intel")
                        ? Finding.hint(
                                "BLAS",
                                own + ": MKL may be faster on a processor of Intel; 'espalier setup --mkl'"
                                        + " brings it, and doctor compares them then")
                        : Finding.ok("BLAS", own);
            }
            BlasComparison made = BlasComparison.measure(cache);
            return Finding.ok(
                    "BLAS",
                    made.fastest().title() + ", the fastest here (" + made.told()
                            + " GFLOP/s), unless --blas names another");
        } catch (SurroundingsException e) {
            return Finding.bad("BLAS", String.valueOf(e.getMessage()));
        }
    }

    private static Finding memory(OperatingSystemMXBean system) {
        double total = system.getTotalMemorySize() / GIB;
        String text = "%.1f GiB".formatted(total);
        return total < MEMORY_GIB
                ? Finding.hint("memory", text + ": the demonstration may need up to %.0f GiB".formatted(MEMORY_GIB))
                : Finding.ok("memory", text);
    }

    Finding disk() {
        Path existing = cache.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            double free = Files.getFileStore(existing).getUsableSpace() / GIB;
            String text = "%.1f GiB free for %s".formatted(free, cache);
            if (!Files.isWritable(existing)) {
                return Finding.bad("disk", existing + " cannot be written: set ESPALIER_CACHE to a folder that can");
            }
            return free < DISK_GIB
                    ? Finding.hint("disk", text + ": %.0f GiB are comfortable".formatted(DISK_GIB))
                    : Finding.ok("disk", text);
        } catch (IOException e) {
            return Finding.bad("disk", existing + " cannot be looked at: " + e.getMessage());
        }
    }
}
