/** GIF and BMP, which the JDK's codecs read as they are. */
@NullMarked
package org.espalier.picture.internal.plain;

import org.jspecify.annotations.NullMarked;
