package org.espalier.lab.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Progress;
import org.espalier.lab.model.DecodeBenchmark;
import org.espalier.lab.model.Equality;
import org.espalier.lab.model.Median;
import org.espalier.lab.model.RandomModel;
import org.espalier.lab.model.Size;
import org.espalier.lab.model.TreeBenchmark;
import org.espalier.lab.model.Way;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Device;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.OutOfMemory;

/**
 * All that there are figures of other programs for, on one device.
 *
 * @param size of the model that is measured
 * @param sides of the pictures, in pixels
 * @param rows how many continuations at once
 * @param tokens of each continuation
 * @param equal the size that is compared with the processor
 * @param folder of the model that is compared with it too
 */
public record GpuTrial(
        Size size,
        List<Integer> sides,
        List<Integer> rows,
        int tokens,
        Size equal,
        Path folder,
        int runs,
        int warmUps) {
    /** Of the anchors' sampling. */
    private static final int PROMPT = 642;

    public GpuTrial {
        sides = List.copyOf(sides);
        rows = List.copyOf(rows);
    }

    /**
     * Measures.
     *
     * @param name of the device, as {@link Device#parse}
     * @throws org.espalier.core.SurroundingsException if it cannot be used here
     */
    public GpuOutcome run(String name, Progress progress) {
        tell(progress, "device");
        long start = System.nanoTime();
        Device device = Device.parse(name);
        double began = seconds(start);
        tell(progress, "equality with the processor");
        List<Equality> equality = List.of(
                Equality.ofRandom(equal, device), Equality.ofFolder("the demonstration's model", folder, device));
        tell(progress, "weights");
        start = System.nanoTime();
        try (RandomModel model = RandomModel.of(size, size.placement(device))) {
            model.model().placement().await();
            double weights = seconds(start);
            double token = answer(model.model(), 1, 1);
            List<GpuOutcome.Sampled> sampling = new ArrayList<>();
            for (int count : rows) {
                sampling.add(sampled(model.model(), count, progress));
            }
            List<GpuOutcome.Training> training = new ArrayList<>();
            for (int side : sides) {
                training.addAll(trained(model.model(), size.withSide(side), progress));
            }
            return new GpuOutcome(
                    device.described(),
                    Libtorch.load().version(),
                    size.name(),
                    new GpuOutcome.Ready(began, weights, token),
                    training,
                    sampling,
                    equality);
        }
    }

    private void tell(Progress progress, String what) {
        progress.at("perf gpu " + size.name(), 0, 0, what);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Its tokens come back to the host, so that nothing is left to wait for. */
    private static double answer(VisionLanguageModel model, int count, int tokens) {
        long start = System.nanoTime();
        DecodeBenchmark.ofWords(model, PROMPT, count, tokens);
        return seconds(start);
    }

    private GpuOutcome.Sampled sampled(VisionLanguageModel model, int count, Progress progress) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < warmUps + runs; i++) {
            tell(progress, count + " rows");
            double took = answer(model, count, tokens);
            if (i >= warmUps) {
                all.add(took);
            }
        }
        return new GpuOutcome.Sampled(count, tokens, Median.of(all, Double::doubleValue));
    }

    /** Tree and pairwise in turn; all paths at once by themselves, since there may be no memory for them. */
    private List<GpuOutcome.Training> trained(VisionLanguageModel model, Size shown, Progress progress) {
        List<GpuOutcome.Training> all = new ArrayList<>();
        for (List<Way> ways : List.of(List.of(Way.TREE, Way.PAIRWISE), List.of(Way.AT_ONCE))) {
            try {
                TreeBenchmark.run(shown, model, ways, 1, runs, warmUps, progress)
                        .timings()
                        .forEach(timing -> all.add(new GpuOutcome.Training(
                                shown.side(),
                                timing.way().label(),
                                timing.tokens(),
                                timing.seconds(),
                                timing.memory(),
                                timing.logprobDifference())));
            } catch (RuntimeException e) {
                if (!OutOfMemory.is(e)) {
                    throw e;
                }
                model.placement().release();
                ways.forEach(way ->
                        all.add(new GpuOutcome.Training(shown.side(), way.label(), 0, Double.NaN, 0, Double.NaN)));
            }
        }
        return all;
    }
}
