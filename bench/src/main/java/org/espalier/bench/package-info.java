/** Safety benchmarks: load, ask, judge, score. Knows a model only through the ports of {@code core}. */
@NullMarked
package org.espalier.bench;

import org.jspecify.annotations.NullMarked;
