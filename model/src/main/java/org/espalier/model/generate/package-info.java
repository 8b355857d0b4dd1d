/**
 * Decoding with a key/value cache: many continuations of shared prompts as one batch, each token chosen by one number
 * that depends on nothing but the run's seed and the token's place.
 */
@NullMarked
package org.espalier.model.generate;

import org.jspecify.annotations.NullMarked;
