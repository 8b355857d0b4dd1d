/** Trains all weights of a small model from nothing: lessons in, a checkpoint out. Adapters have their own trainer. */
@NullMarked
package org.espalier.model.train;

import org.jspecify.annotations.NullMarked;
