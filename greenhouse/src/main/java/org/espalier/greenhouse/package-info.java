/** The embedded default: a small generated world of household scenes, its exact rules and its model's recipe. */
@NullMarked
package org.espalier.greenhouse;

import org.jspecify.annotations.NullMarked;
