package org.espalier.greenhouse.grow;

import org.espalier.greenhouse.corpus.Mixture;

/**
 * A stretch of the training with one mixture of texts.
 *
 * @param until the share of all steps after which it ends, up to 1
 */
public record Phase(double until, Mixture mixture) {}
