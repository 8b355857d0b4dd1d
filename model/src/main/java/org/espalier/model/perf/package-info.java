/** Models of random weights in the sizes that speed is measured at. */
@NullMarked
package org.espalier.model.perf;

import org.jspecify.annotations.NullMarked;
