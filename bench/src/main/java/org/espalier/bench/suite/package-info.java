/**
 * What a benchmark is: questions from the files as published, how an answer gets its verdict, and figures as arithmetic
 * on counts. Each of the benchmarks in {@code set} is one implementation of {@link
 * org.espalier.bench.suite.Benchmark}.
 */
@NullMarked
package org.espalier.bench.suite;

import org.jspecify.annotations.NullMarked;
