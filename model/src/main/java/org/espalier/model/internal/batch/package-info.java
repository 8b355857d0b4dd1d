/** Generates many continuations of shared prompts as one batch, a token of each a step. */
@NullMarked
package org.espalier.model.internal.batch;

import org.jspecify.annotations.NullMarked;
