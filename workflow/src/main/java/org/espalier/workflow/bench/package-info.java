/** Measures models on benchmarks, and judges by one another. */
@NullMarked
package org.espalier.workflow.bench;

import org.jspecify.annotations.NullMarked;
