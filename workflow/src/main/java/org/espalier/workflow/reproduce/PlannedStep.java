package org.espalier.workflow.reproduce;

import org.espalier.core.cost.Cost;

/**
 * A step and what it is likely to take.
 *
 * @param model what the model takes, on one device
 * @param judge what the judge takes
 * @param counted whether questions, lengths and sizes were read from the files that are here; else they are taken as
 *     published
 */
public record PlannedStep(ExperimentStep step, Cost model, Cost judge, boolean counted) {}
