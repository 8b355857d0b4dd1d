/**
 * Picture files become RGB, equal to the last bit with what Pillow makes of them. A picture becomes RGB in one way for
 * everybody: EXIF orientation applied, alpha laid on white, CMYK and grey converted, embedded colour profiles ignored, the
 * first frame of an animation.
 */
@NullMarked
package org.espalier.picture;

import org.jspecify.annotations.NullMarked;
