package org.espalier.workflow.train;

import org.espalier.core.cost.CostForecast;
import org.espalier.model.WeightInventory;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.workflow.internal.LocalCost;

/**
 * What a training takes, without exploring again in between.
 *
 * @param questions that the method can use
 * @param steps of the optimizer, with {@code batch} questions each
 * @param explorations that come in between and are not counted in the cost
 */
public record TrainingForecast(
        WeightInventory model,
        TrainingSet.Extent questions,
        long steps,
        int batch,
        int explorations,
        CostForecast cost) {
    /**
     * Of a model, on so many questions of such an extent.
     *
     * @param pictures tokens of pictures in one question at most that an adapter of the vision side looks at; 0 without one
     */
    public static TrainingForecast of(
            LocalCost model, TrainingSet.Extent extent, TrainSettings settings, long pictures) {
        long steps = settings.steps(extent.questions());
        double gone = (double) steps * settings.batch();
        return new TrainingForecast(
                model.weights(),
                extent,
                steps,
                settings.batch(),
                settings.refresh(),
                CostForecast.exactly(model.training(gone, extent.tokens(), extent.most(), pictures, settings.batch())));
    }
}
