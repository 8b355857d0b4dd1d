/** PNG. */
@NullMarked
package org.espalier.picture.internal.png;

import org.jspecify.annotations.NullMarked;
