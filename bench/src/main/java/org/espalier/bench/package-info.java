/**
 * Safety benchmarks: load, ask, judge, count. Knows a model only through the ports of {@code core}. What a benchmark is,
 * {@code suite} says; each is a class in {@code set}; {@code run} takes any of them through one pipeline.
 */
@NullMarked
package org.espalier.bench;

import org.jspecify.annotations.NullMarked;
