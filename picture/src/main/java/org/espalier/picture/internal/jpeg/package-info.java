/** JPEG in libjpeg's arithmetic. */
@NullMarked
package org.espalier.picture.internal.jpeg;

import org.jspecify.annotations.NullMarked;
