/** WebP through libwebp. */
@NullMarked
package org.espalier.picture.internal.webp;

import org.jspecify.annotations.NullMarked;
