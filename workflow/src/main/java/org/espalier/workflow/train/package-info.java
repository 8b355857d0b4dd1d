/** Trains an adapter on what was explored (Eq. 5-9, and the baselines). */
@NullMarked
package org.espalier.workflow.train;

import org.jspecify.annotations.NullMarked;
