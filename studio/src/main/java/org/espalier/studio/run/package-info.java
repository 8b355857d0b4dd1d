/** Looking at runs: their report, their trees one by one, and what people say of a benchmark's answers. */
@NullMarked
package org.espalier.studio.run;

import org.jspecify.annotations.NullMarked;
