package org.espalier.workflow.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.cost.Cost;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.model.decoder.PictureTapeSize;
import org.espalier.model.decoder.TapeSize;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.VisionExtent;
import org.espalier.srpo.train.Parallelism;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;
import org.espalier.tensor.TensorInfo;
import org.espalier.workflow.run.Speed;

/**
 * What work takes of a model, from its shape and without loading it.
 *
 * @param shape of its decoder
 * @param vision of its tower, where it is known
 * @param weights from the headers of its files
 * @param placement where it is computed
 * @param speed of what computes it
 */
public record LocalCost(
        TextShape shape, Optional<VisionExtent> vision, WeightInventory weights, Placement placement, Speed speed) {
    /** Of how many questions the tokens are counted, to tell of all. */
    public static final int COUNTED = 32;
    /** Passes through all layers that cost as much as the forward and backward pass of one question, apart from arithmetic. */
    private static final double PASSES_A_QUESTION = 6;
    /** Until Java and libtorch are ready. */
    private static final double START_SECONDS = 2;
    /** At which weights are read and hashed. */
    private static final double BYTES_A_SECOND = 400e6;
    /** Java, libtorch and what they unpack. */
    private static final double RESIDENT = 430e6;

    /** Looks at a model. */
    public static LocalCost of(ModelFolder model, PlacementChoice choice, Speed speed) {
        return new LocalCost(
                model.config().text(),
                Optional.of(model.config().visionExtent()),
                model.inventory(),
                model.placement(choice),
                speed);
    }

    /** Of a model of so many numbers in bfloat16 that need not be here. */
    public static LocalCost of(TextShape shape, long parameters, Speed speed) {
        WeightInventory weights = new WeightInventory(Map.of("all", new TensorInfo(Dtype.BF16, List.of(parameters))));
        return new LocalCost(shape, Optional.empty(), weights, Placement.CPU.with(Dtype.BF16), speed);
    }

    /**
     * Generating.
     *
     * @param draws texts that are drawn
     * @param prompts tokens of prompts that go through the model, in all
     * @param text tokens of a text that is drawn
     * @param rounds how often a batch is decoded, from its first to its last token
     * @param cached tokens whose keys and values are kept at once
     */
    public Cost generating(double draws, double prompts, double text, double rounds, double cached) {
        double written = draws * text;
        double keysAndValues =
                cached * 2 * shape.layers() * shape.keyValueHeads() * shape.headWidth() * bytesOfANumber();
        double passes = rounds * text;
        double reading = passes * (double) weights.bytes() / speed.weightBytes();
        return cost(draws, prompts, written, prompts + written, passes, reading, keysAndValues);
    }

    /**
     * Training.
     *
     * @param questions that are gone through, each as often as it is
     * @param tokens of a question with its paths, shared ones counted once
     * @param most of these in one question
     * @param pictures tokens of pictures in one question at most that an adapter of the vision side looks at; 0 without one
     * @param batch questions of a step
     */
    public Cost training(double questions, double tokens, double most, long pictures, int batch) {
        // How often keys are gathered is not known yet: as often as they are, once more for all branches.
        TapeSize kept = new TapeSize(shape, placement, (long) most, 2 * (long) most);
        boolean sideBySide = speed.room().isEmpty() && Parallelism.USUAL.sideBySide(kept, batch);
        int sharing = sideBySide ? Math.min(Parallelism.USUAL.workers(), batch) : 1;
        int again = speed.room().isPresent()
                ? kept.layersAgain(speed.room().getAsLong() - weights.bytes())
                : kept.layersAgainHere(sharing);
        double all = questions * tokens;
        // Backwards only through the frozen weights: as much again, not twice; and what is computed again.
        double weighed = all * (2 + (double) again / shape.layers());
        double seen = vision.map(tower -> new PictureTapeSize(tower, placement, pictures).held())
                .orElse(0L);
        return cost(0, all, 0, weighed, questions * PASSES_A_QUESTION, 0, sharing * (kept.held(again) + seen));
    }

    private double bytesOfANumber() {
        return placement.type().bits() / 8.0;
    }

    /**
     * Memory and time.
     *
     * @param weighed tokens, each counted as often as its arithmetic is that of a forward pass
     * @param passes how often the layers are gone through
     * @param reading seconds in which weights are read beside that
     * @param held bytes beside the weights
     */
    private Cost cost(
            double draws, double input, double output, double weighed, double passes, double reading, double held) {
        double seconds = START_SECONDS
                + weights.bytes() / BYTES_A_SECOND
                + 2.0 * weights.parameters() * weighed / speed.operations()
                + passes * shape.layers() * speed.layerSeconds()
                + reading;
        return new Cost(
                Math.round(draws),
                Math.round(input),
                Math.round(output),
                BigDecimal.ZERO,
                (long) (RESIDENT + weights.parameters() * bytesOfANumber() + held),
                Duration.ofMillis((long) (1000 * seconds)));
    }
}
