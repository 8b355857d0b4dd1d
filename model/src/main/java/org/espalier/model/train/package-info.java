/** Trains all weights of a small model from nothing: examples in, a checkpoint out. Adapters have their own trainer. */
@NullMarked
package org.espalier.model.train;

import org.jspecify.annotations.NullMarked;
