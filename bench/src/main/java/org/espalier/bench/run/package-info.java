/**
 * Runs a benchmark: asks, judges, counts. Answers and judgements are files of their own that are read and written line
 * by line, so that a run of any length needs the memory of its questions alone, goes on where it was cut short, and can
 * be judged anew without asking again.
 */
@NullMarked
package org.espalier.bench.run;

import org.jspecify.annotations.NullMarked;
