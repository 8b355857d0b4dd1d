/** What work takes, before it is done: the one form of all forecasts. */
@NullMarked
package org.espalier.core.cost;

import org.jspecify.annotations.NullMarked;
