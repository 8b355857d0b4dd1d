package org.espalier.workflow.study;

import org.espalier.core.settings.Resolved;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;

/**
 * One training of a row.
 *
 * @param questions trained on in a cell; those of a smaller number are among those of a greater
 * @param explore how trees are drawn for it, and again where it explores again
 * @param fromBefore whether the model of the stage before is explored; else the base model
 */
public record TrainingStage(
        int questions, Resolved<TrainSettings> train, Resolved<ExploreSettings> explore, boolean fromBefore) {}
