/** Code with mistakes on purpose, for the checker to find. */
@NullMarked
package org.espalier.planted;

import org.jspecify.annotations.NullMarked;
