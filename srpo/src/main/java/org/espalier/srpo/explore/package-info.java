/**
 * Generative exploration (Eq. 1-4): for each question a trunk, the model's own correct path, and at each of its steps
 * branches until one ends right and one ends wrong. Knows a model through the ports alone.
 */
@NullMarked
package org.espalier.srpo.explore;

import org.jspecify.annotations.NullMarked;
