/** Pictures in other sizes: resizing in 8 bits, equal to the last bit with Pillow's, and thumbnails. */
@NullMarked
package org.espalier.picture.resize;

import org.jspecify.annotations.NullMarked;
