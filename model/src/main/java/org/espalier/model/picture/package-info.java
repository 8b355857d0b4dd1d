/**
 * Pictures on disk become the patches a model sees. Equal to the last bit with Pillow: decoding, conversion to RGB and
 * bicubic resizing; the processors follow transformers. Needs no libtorch.
 *
 * <p>A picture becomes RGB in one way for all families: EXIF orientation applied, alpha laid on white, CMYK and grey
 * converted, embedded colour profiles ignored, the first frame of an animation.
 */
@NullMarked
package org.espalier.model.picture;

import org.jspecify.annotations.NullMarked;
