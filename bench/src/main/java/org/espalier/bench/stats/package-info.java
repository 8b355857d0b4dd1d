/** How sure a figure is: resampled intervals and exact tests, the same for every benchmark. */
@NullMarked
package org.espalier.bench.stats;

import org.jspecify.annotations.NullMarked;
