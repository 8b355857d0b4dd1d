package org.espalier.greenhouse.grow;

import org.espalier.greenhouse.internal.corpus.Mixture;

/**
 * A part of a cycle with one mixture of texts.
 *
 * @param until the share of the cycle's steps after which it ends, up to 1
 */
public record Phase(double until, Mixture mixture) {}
