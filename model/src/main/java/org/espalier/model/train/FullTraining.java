package org.espalier.model.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.InputException;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Gradients;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.espalier.tensor.SideBySide;
import org.espalier.tensor.SmallProduct;

/**
 * Trains all weights of a model, from random ones or a checkpoint's. The same examples in the same order give the same weights to the last
 * bit on one machine, also where the training was saved and resumed in between.
 * Not thread-safe.
 */
public final class FullTraining implements AutoCloseable {
    private static final String STEPS = "steps";
    private static final String SINCE = "steps_of_the_optimizer";

    private final FullWeights weights;
    private final AdamW optimizer;
    private final SideBySide workers = new SideBySide(Runtime.getRuntime().availableProcessors(), "full-training");
    private long steps;

    private FullTraining(FullWeights weights, AdamW.Settings settings) {
        this.weights = weights;
        this.optimizer = new AdamW(weights.parameters(), settings);
    }

    /** Begins with weights drawn by a seed, for the model that a folder describes; on the processor, in float32. */
    public static FullTraining begin(ModelFolder folder, long seed, AdamW.Settings settings) {
        return begin(folder, Placement.CPU, seed, settings);
    }

    /** As {@link #begin(ModelFolder, long, AdamW.Settings)}, anywhere. */
    public static FullTraining begin(ModelFolder folder, Placement placement, long seed, AdamW.Settings settings) {
        return new FullTraining(new FullWeights(folder, placement, seed), settings);
    }

    /** Begins with the weights of a checkpoint, on the processor, in float32. */
    public static FullTraining of(ModelFolder folder, AdamW.Settings settings) {
        FullWeights weights = new FullWeights(folder, Placement.CPU, 0);
        try (Checkpoint checkpoint = Checkpoint.open(folder.path())) {
            weights.take(checkpoint);
            return new FullTraining(weights, settings);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The version of the library that computes. */
    public static String library() {
        return Libtorch.load().version();
    }

    /** The model as it is at the moment. */
    public LoadedModel model() {
        return weights.model();
    }

    private Placement placement() {
        return weights.model().placement();
    }

    /** Steps done. */
    public long steps() {
        return steps;
    }

    /** How many numbers are trained. */
    public long numbers() {
        return weights.parameters().flat().numel();
    }

    /**
     * One step down the mean loss of all learned tokens.
     *
     * @return for each example, the mean of its tokens' minus log-probabilities before the step
     */
    public double[] step(List<TrainingExample> examples, double learningRate) {
        int learned = examples.stream().mapToInt(TrainingExample::learned).sum();
        List<ExampleBatch> batches = ExampleBatch.cut(examples);
        List<Gradients> gradients = new ArrayList<>();
        try {
            batches.forEach(_ -> gradients.add(new Gradients(weights.parameters())));
            List<float[]> losses = each(batches, i -> gradient(batches.get(i), 1.0 / learned, gradients.get(i)));
            // In their order, so that nothing but the time depends on the number of workers.
            Gradients sum = gradients.getFirst();
            gradients.stream().skip(1).forEach(sum::add);
            optimizer.step(learningRate, sum.flat());
            steps++;
            return means(batches, losses, examples.size());
        } finally {
            gradients.forEach(Gradients::close);
        }
    }

    /** Side by side where a single example cannot keep several processors busy. */
    private List<float[]> each(List<ExampleBatch> batches, IntFunction<float[]> work) {
        int longest = batches.getFirst().examples().getFirst().ids().length;
        long product = weights.model().model().decoder().shape().largestProduct(longest);
        return placement().isSmall(SmallProduct.SIDE_BY_SIDE, product)
                ? workers.each(batches.size(), work)
                : IntStream.range(0, batches.size()).mapToObj(work).toList();
    }

    /** Takes the gradient of a batch's part of the loss; tells the loss of each token. */
    private float[] gradient(ExampleBatch batch, double scale, Gradients gradients) {
        try (PointerScope scope = new PointerScope()) {
            Tensor losses = batch.losses(weights.model().model());
            gradients.take(weights.parameters(), losses.sum().mul(new Scalar(scale)));
            return placement().floats(losses);
        }
    }

    /** Lets the optimizer forget its running means, as at the beginning. */
    public void restartOptimizer() {
        try (PointerScope scope = new PointerScope()) {
            Tensor nothing = torch.zeros_like(weights.parameters().flat());
            optimizer.restore(0, nothing, nothing);
        }
    }

    private static double[] means(List<ExampleBatch> batches, List<float[]> losses, int examples) {
        double[] means = new double[examples];
        for (int b = 0; b < batches.size(); b++) {
            ExampleBatch batch = batches.get(b);
            int at = 0;
            for (int i = 0; i < batch.examples().size(); i++) {
                int count = batch.examples().get(i).learned();
                double sum = 0;
                for (int end = at + count; at < end; at++) {
                    sum += losses.get(b)[at];
                }
                means[batch.numbers().get(i)] = sum / count;
            }
        }
        return means;
    }

    /** Writes weights and optimizer, so that {@link #restore} can resume from here. */
    public void save(Path file) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            state.put("weights", weights.parameters().flat());
            state.put("first_moment", optimizer.firstMoment());
            state.put("second_moment", optimizer.secondMoment());
            state.put(STEPS, placement().indices(new long[] {steps}, 1));
            state.put(SINCE, placement().indices(new long[] {optimizer.steps()}, 1));
            SafetensorsWriter.write(file, state);
        }
    }

    /**
     * Resumes from what {@link #save} wrote.
     *
     * @throws InputException if the file belongs to a model of another size
     */
    public void restore(Path file) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile saved = SafetensorsFile.open(file)) {
            Tensor flat = placement().read(saved, "weights");
            if (flat.numel() != numbers()) {
                throw new InputException(file + " holds " + flat.numel() + " numbers, but the model has " + numbers()
                        + ": it was saved by the training of another model");
            }
            weights.parameters().flat().copy_(flat);
            steps = saved.longs(STEPS)[0];
            optimizer.restore(
                    saved.longs(SINCE)[0],
                    placement().read(saved, "first_moment"),
                    placement().read(saved, "second_moment"));
        }
    }

    /** Writes {@code model.safetensors} in float32 under the published names. */
    public void writeModel(Path file) {
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(file, weights.tensors());
        }
    }

    @Override
    public void close() {
        workers.close();
        optimizer.close();
        weights.close();
    }
}
