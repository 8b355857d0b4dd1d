/**
 * Safety benchmarks: load, ask, judge, score. Knows a model only through the ports of {@code core}. Each benchmark has
 * a package of its own; {@code stats} holds the arithmetic they share.
 */
@NullMarked
package org.espalier.bench;

import org.jspecify.annotations.NullMarked;
