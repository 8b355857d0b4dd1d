/** What is minimised (Eq. 5-9, and the baselines), as plain arithmetic on token log-probabilities with its gradient. */
@NullMarked
package org.espalier.srpo.objective;

import org.jspecify.annotations.NullMarked;
