/** What the decoders of all formats share: bytes, orientation, the JDK's codecs, blending. No interface of the room. */
@NullMarked
package org.espalier.picture.internal;

import org.jspecify.annotations.NullMarked;
