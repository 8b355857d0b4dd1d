/**
 * What is minimised: the port {@link org.espalier.srpo.objective.Objective}, the paper's (Eq. 5-9) and its baselines, as
 * plain arithmetic on token log-probabilities with its gradient.
 */
@NullMarked
package org.espalier.srpo.objective;

import org.jspecify.annotations.NullMarked;
