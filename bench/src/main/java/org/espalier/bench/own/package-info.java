/**
 * A benchmark that somebody wrote down in a YAML file ({@code docs/own-benchmark.md}): read with all its problems at once,
 * then one {@link org.espalier.bench.suite.Benchmark} like any other.
 */
@NullMarked
package org.espalier.bench.own;

import org.jspecify.annotations.NullMarked;
