package org.espalier.workflow.train;

import org.espalier.core.cost.CostForecast;
import org.espalier.model.WeightInventory;
import org.espalier.srpo.train.TrainingSet;

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
        CostForecast cost) {}
