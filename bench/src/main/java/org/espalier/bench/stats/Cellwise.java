package org.espalier.bench.stats;

import java.util.function.ToDoubleBiFunction;

/**
 * How a figure comes of its cells, so that what a change in one of thousands does to it can be told without counting the
 * others again.
 *
 * @param pooled whether it is of the outcomes of all its cells together; else the unweighted mean of what it is of each
 * @param alone what it would be of one cell alone; NaN where that has no count
 */
public record Cellwise(boolean pooled, ToDoubleBiFunction<OutcomeTally, String> alone) {}
