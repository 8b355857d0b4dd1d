package org.espalier.workflow.internal;

import java.math.BigDecimal;
import java.time.Duration;
import org.espalier.core.cost.Cost;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.model.decoder.PictureTapeSize;
import org.espalier.model.decoder.TapeSize;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.VisionExtent;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;

/**
 * What work takes of a model in this process, from its shape and without loading it. Times are for a processor of two cores
 * and hold within a factor of three or so.
 *
 * @param shape of its decoder
 * @param vision of its tower
 * @param weights from the headers of its files
 * @param placement where it is computed
 */
public record LocalCost(TextShape shape, VisionExtent vision, WeightInventory weights, Placement placement) {
    /** Of how many questions the tokens are counted, to tell of all. */
    public static final int COUNTED = 32;
    /** Multiplications and additions a second. */
    private static final double FLOPS = 30e9;
    /** What a layer costs for each token of a batch beside its arithmetic. */
    private static final double SECONDS_A_LAYER = 0.0003;
    /** Passes through all layers that cost as much as the forward and backward pass of one question, apart from arithmetic. */
    private static final double PASSES_A_QUESTION = 6;
    /** Until Java and libtorch are ready. */
    private static final double START_SECONDS = 2;
    /** At which weights are read and hashed. */
    private static final double BYTES_A_SECOND = 400e6;
    /** Java, libtorch and what they unpack. */
    private static final double RESIDENT = 430e6;

    /** Looks at a model. */
    public static LocalCost of(ModelFolder model, PlacementChoice choice) {
        return new LocalCost(
                model.config().text(), model.config().visionExtent(), model.inventory(), model.placement(choice));
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
        return cost(draws, prompts, written, prompts + written, rounds * text, keysAndValues);
    }

    /**
     * Training.
     *
     * @param questions that are gone through, each as often as it is
     * @param tokens of a question with its paths, shared ones counted once
     * @param most of these in one question
     * @param pictures tokens of pictures in one question at most that an adapter of the vision side looks at; 0 without one
     */
    public Cost training(double questions, double tokens, double most, long pictures) {
        // How often keys are gathered is not known yet: as often as they are, once more for all branches.
        TapeSize kept = new TapeSize(shape, placement, (long) most, 2 * (long) most);
        int again = kept.layersAgain();
        double all = questions * tokens;
        // Backwards only through the frozen weights: as much again, not twice; and what is computed again.
        double weighed = all * (2 + (double) again / shape.layers());
        double seen = new PictureTapeSize(vision, placement, pictures).held();
        return cost(0, all, 0, weighed, questions * PASSES_A_QUESTION, kept.held(again) + seen);
    }

    private double bytesOfANumber() {
        return placement.type().bits() / 8.0;
    }

    /**
     * Memory and time.
     *
     * @param weighed tokens, each counted as often as its arithmetic is that of a forward pass
     * @param passes how often the layers are gone through
     * @param held bytes beside the weights
     */
    private Cost cost(double draws, double input, double output, double weighed, double passes, double held) {
        double seconds = START_SECONDS
                + weights.bytes() / BYTES_A_SECOND
                + 2.0 * weights.parameters() * weighed / FLOPS
                + passes * shape.layers() * SECONDS_A_LAYER;
        return new Cost(
                Math.round(draws),
                Math.round(input),
                Math.round(output),
                BigDecimal.ZERO,
                (long) (RESIDENT + weights.parameters() * bytesOfANumber() + held),
                Duration.ofMillis((long) (1000 * seconds)));
    }
}
