/** The benchmarks, one class each: files, questions, judge, figures. */
@NullMarked
package org.espalier.bench.set;

import org.jspecify.annotations.NullMarked;
