package org.espalier.lab.model;

import java.util.Set;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Placement;

/** A model of some size with random weights, the same ones wherever it is; closing frees them. */
public final class RandomModel implements AutoCloseable {
    private final RandomWeights weights;
    private final VisionLanguageModel model;

    private RandomModel(RandomWeights weights, VisionLanguageModel model) {
        this.weights = weights;
        this.model = model;
    }

    /** Draws it. */
    public static RandomModel of(Size size, Placement placement) {
        RandomWeights weights = new RandomWeights(placement, 0);
        return new RandomModel(weights, size.config().model(weights, Set.of()));
    }

    public VisionLanguageModel model() {
        return model;
    }

    @Override
    public void close() {
        weights.close();
    }
}
