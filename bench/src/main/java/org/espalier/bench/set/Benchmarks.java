package org.espalier.bench.set;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;

/** Every benchmark beside RSBench: the paper's five, then their neighbours. */
public final class Benchmarks {
    private final List<Benchmark> all;

    /** @param jurors of SafeBench, 1 or 5 */
    public Benchmarks(Prompts prompts, int jurors) {
        all = List.of(
                new Usb(prompts),
                new MllmGuard(prompts),
                new MssBench(prompts),
                new SafeBench(prompts, jurors),
                new VlsBench(prompts),
                new Siuo(prompts),
                new MossBench(prompts),
                new MmSafetyBench(prompts));
    }

    public List<Benchmark> all() {
        return all;
    }

    public Optional<Benchmark> named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
