/**
 * RSBench (Eq. 10-11): are a model's reasoning paths safe, are they effective, are they both? {@link
 * org.espalier.bench.rsbench.RsBench} asks and judges into two files; {@link org.espalier.bench.rsbench.Recount} makes
 * every figure out of those two files and nothing else.
 */
@NullMarked
package org.espalier.bench.rsbench;

import org.jspecify.annotations.NullMarked;
