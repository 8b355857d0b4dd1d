/** What plans for many machines are made from, measured in small: docs/scale.md does the arithmetic. */
@NullMarked
package org.espalier.lab.scale;

import org.jspecify.annotations.NullMarked;
