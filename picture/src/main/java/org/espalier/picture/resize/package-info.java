/** Resizing in 8 bits, equal to the last bit with Pillow's. */
@NullMarked
package org.espalier.picture.resize;

import org.jspecify.annotations.NullMarked;
