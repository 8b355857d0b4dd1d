/**
 * Chooses tokens from logits, each by one number that depends on nothing but the run's seed and the token's place.
 */
@NullMarked
package org.espalier.model.internal.token;

import org.jspecify.annotations.NullMarked;
