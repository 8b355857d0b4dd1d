/** Reads what models write: where the steps of a path begin and end, and whether the last one holds the answer. */
@NullMarked
package org.espalier.core.text;

import org.jspecify.annotations.NullMarked;
