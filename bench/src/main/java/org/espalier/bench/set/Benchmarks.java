package org.espalier.bench.set;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.text.StepSplitter;

/** Every benchmark: the paper's own, the five others that it measures by, then their neighbours. */
public final class Benchmarks {
    /**
     * What can be chosen of them.
     *
     * @param paths that RSBench draws for each question
     * @param steps what separates the steps of RSBench's paths
     * @param jurors of SafeBench, 1 or 5
     */
    public record Options(Prompts prompts, int paths, StepSplitter.Style steps, int jurors) {
        public static Options shipped() {
            return new Options(Prompts.shipped(), 1, StepSplitter.Style.AUTO, 1);
        }
    }

    private final List<Benchmark> all;

    public Benchmarks(Options options) {
        Prompts prompts = options.prompts();
        all = List.of(
                new RsBench(prompts, options.paths(), options.steps()),
                new Usb(prompts),
                new MllmGuard(prompts),
                new MssBench(prompts),
                new SafeBench(prompts, options.jurors()),
                new VlsBench(prompts),
                new Siuo(prompts),
                MossBench.harmless(prompts),
                MossBench.contrast(prompts),
                new MmSafetyBench(prompts));
    }

    /** With the prompts and choices that ship. */
    public static Benchmarks shipped() {
        return new Benchmarks(Options.shipped());
    }

    public List<Benchmark> all() {
        return all;
    }

    public Optional<Benchmark> named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
