package org.espalier.lab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.global.torch;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.internal.batch.GeneratedTokens;
import org.espalier.model.lora.Adapter;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * How far a device is from the processor in float32, with the same weights, adapter, question and random numbers.
 *
 * @param logprobs greatest difference of a path's log-probability
 * @param gradient norm of the difference of an adapter's gradients over the norm of the processor's
 * @param sameTokens of those that were sampled, how many are equal
 */
public record Equality(String model, double logprobs, double gradient, int sameTokens, int tokens) {
    private static final int PROMPT = 64;
    private static final int ROWS = 8;
    private static final int SAMPLED = 32;

    /** Of a model with random weights and a question about a picture. */
    public static Equality ofRandom(Size size, Device device) {
        SampleQuestion question = SampleQuestion.of(size, 1);
        return of(
                size.name() + ", random weights",
                measured(size, Device.CPU, question),
                measured(size, device, question));
    }

    /** Of a model that there is, and a question in words. */
    public static Equality ofFolder(String name, Path folder, Device device) {
        SplittableRandom random = new SplittableRandom(1);
        SampleQuestion question = new SampleQuestion(
                SampleQuestion.tree(
                        random.ints(PROMPT, 0, DecodeBenchmark.WORDS).toArray(),
                        8,
                        4,
                        count -> random.ints(count, 0, DecodeBenchmark.WORDS).toArray()),
                List.of());
        return of(name, measured(folder, Device.CPU, question), measured(folder, device, question));
    }

    private record Measured(MeasuredQuestion.Run trained, List<GeneratedTokens> sampled) {}

    private static Measured measured(Size size, Device device, SampleQuestion question) {
        try (RandomModel model = RandomModel.of(size, new Placement(device, Dtype.F32))) {
            return measured(model.model(), question);
        }
    }

    private static Measured measured(Path folder, Device device, SampleQuestion question) {
        try (LoadedModel model = LoadedModel.open(ModelFolder.open(folder), new Placement(device, Dtype.F32))) {
            return measured(model.model(), question);
        }
    }

    private static Measured measured(VisionLanguageModel model, SampleQuestion question) {
        torch.manual_seed(2);
        try (Adapter adapter = RandomAdapter.of(model)) {
            return new Measured(
                    new MeasuredQuestion(model, adapter, question).run(Way.TREE),
                    DecodeBenchmark.ofWords(model, PROMPT, ROWS, SAMPLED));
        }
    }

    private static Equality of(String name, Measured here, Measured there) {
        double logprobs = 0;
        for (int i = 0; i < here.trained().logprobs().length; i++) {
            logprobs = Math.max(
                    logprobs,
                    Math.abs(here.trained().logprobs()[i] - there.trained().logprobs()[i]));
        }
        int same = 0;
        for (int row = 0; row < ROWS; row++) {
            int[] ours = here.sampled().get(row).ids();
            int[] theirs = there.sampled().get(row).ids();
            for (int i = 0; i < SAMPLED; i++) {
                same += ours[i] == theirs[i] ? 1 : 0;
            }
        }
        return new Equality(
                name,
                logprobs,
                TreeBenchmark.difference(
                        there.trained().gradient(), here.trained().gradient()),
                same,
                ROWS * SAMPLED);
    }
}
