package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.settings.Resolved;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.model.decoder.RopeFrequencies;
import org.espalier.model.decoder.TextShape;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.BenchmarkChoice;

/**
 * The paper's: two base models; SFT, DPO, ORPO and SRPO; five benchmarks and RSBench with its judge.
 *
 * @param folders of base models that are here, by their names
 * @param data the questions to train on
 * @param benchmarks a folder with one for each benchmark, called as it is
 */
public record PaperExperiment(
        Map<String, Path> folders,
        Path data,
        Path benchmarks,
        List<Experiment.Method> methods,
        Resolved<ExploreSettings> explore,
        Resolved<BenchSettings> bench,
        EndpointPlan judge,
        PlacementChoice placement,
        Path out,
        long seed) {
    /** Where a hub has them, by their names here. */
    public static final Map<String, String> HUB = Map.of(
            "qwen2.5-vl-7b", "Qwen/Qwen2.5-VL-7B-Instruct", "llava-next-llama3", "llava-hf/llama3-llava-next-8b-hf");

    /** As its configuration says it. */
    private static final TextShape QWEN = new TextShape(
            152_064,
            3584,
            28,
            28,
            4,
            128,
            18_944,
            1e-6,
            new RopeFrequencies.RoundedOnce(1e6),
            List.of(16, 24, 24),
            true,
            false);

    private static final TextShape LLAVA = new TextShape(
            128_320,
            4096,
            32,
            32,
            8,
            128,
            14_336,
            1e-5,
            new RopeFrequencies.RoundedAtEachStep(5e5, Optional.empty()),
            List.of(),
            false,
            false);

    /** Paper: "4,779 samples"; a query and five steps of 40 tokens are ours. */
    private static final int SAMPLES = 4779;

    private static final int QUERY = 64;
    private static final int STEPS = 5;
    private static final int STEP = 40;
    /** How many questions RSBench has the paper does not say. */
    private static final int RSBENCH = 500;

    /** The experiment itself. */
    public Experiment experiment() {
        return new Experiment(
                "The paper's experiment",
                List.of(
                        base("llava-next-llama3", LLAVA, 8_355_000_000L, 2300),
                        base("qwen2.5-vl-7b", QWEN, 8_292_000_000L, 800)),
                new Experiment.TrainingData(
                        data,
                        "questions in the form of SSUI, made by 'espalier ssui build' or anybody's, with --data FILE",
                        SAMPLES,
                        QUERY,
                        STEPS,
                        STEP),
                methods,
                List.of(
                        test("usb", 13_175),
                        test("mllmguard", 1500),
                        test("mssbench", 1820),
                        test("safebench", 2300),
                        test("vlsbench", 2241),
                        test("rsbench", RSBENCH)),
                explore,
                bench,
                Optional.empty(),
                Optional.of(judge),
                placement,
                out,
                seed);
    }

    private Experiment.Base base(String name, TextShape shape, long parameters, int pictureTokens) {
        return new Experiment.Base(
                name,
                Optional.ofNullable(folders.get(name)),
                "'espalier pull " + HUB.get(name) + "', or --base " + name + "=DIR",
                shape,
                parameters,
                pictureTokens);
    }

    private Experiment.TestSet test(String name, int questions) {
        return new Experiment.TestSet(name, benchmarks.resolve(name), BenchmarkChoice.Limit.NONE, questions);
    }
}
