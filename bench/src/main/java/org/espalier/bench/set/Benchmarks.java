package org.espalier.bench.set;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.text.StepSplitter;

/**
 * Every benchmark: the paper's own, the five others that it measures by, then their neighbours; then other settings and parts
 * of these, which are asked by names of their own.
 */
public final class Benchmarks {
    /**
     * What can be chosen of them.
     *
     * @param paths that RSBench draws for each question
     * @param steps what separates the steps of RSBench's paths
     * @param jurors of SafeBench, 1 or 5
     * @param convention by which it is asked, judged and counted where the published program and ours differ
     */
    public record Options(Prompts prompts, int paths, StepSplitter.Style steps, int jurors, Convention convention) {
        public static Options shipped() {
            return new Options(Prompts.shipped(), 1, StepSplitter.Style.AUTO, 1, Convention.OURS);
        }

        /** The same by another convention. */
        public Options by(Convention other) {
            return new Options(prompts, paths, steps, jurors, other);
        }
    }

    private final List<Benchmark> all;

    public Benchmarks(Options options) {
        Prompts prompts = options.prompts();
        Convention convention = options.convention();
        all = List.of(
                new RsBench(prompts, options.paths(), options.steps()),
                new Usb(prompts, convention),
                new MllmGuard(prompts),
                new MssBench(prompts, MssSetting.INSTRUCTION, convention),
                new SafeBench(prompts, options.jurors(), convention),
                new VlsBench(prompts, convention),
                new Siuo(prompts, convention),
                MossBench.harmless(prompts, convention),
                MossBench.contrast(prompts, convention),
                new MmSafetyBench(prompts, false, convention),
                new MssBench(prompts, MssSetting.QUERY, convention),
                new MssBench(prompts, MssSetting.INTENT, convention),
                new MssBench(prompts, MssSetting.INTENT_CAPTION, convention),
                new MssBench(prompts, MssSetting.THOUGHT, convention),
                new MssBench(prompts, MssSetting.AGENTS, convention),
                new SiuoChoice(prompts, convention),
                new MmSafetyBench(prompts, true, convention));
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
