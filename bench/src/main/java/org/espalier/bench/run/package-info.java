/**
 * Runs a benchmark: {@link org.espalier.bench.run.Asking}, {@link org.espalier.bench.run.Judging}, {@link
 * org.espalier.bench.run.Counting}. Answers and judgements are files of their own that are read and written line by line,
 * so that a run of any length needs the memory of its questions alone, continues where it was cut short, and can be judged
 * anew without asking again.
 */
@NullMarked
package org.espalier.bench.run;

import org.jspecify.annotations.NullMarked;
