/** Scenes of the greenhouse: which drawing stands where, and the pixels this gives. */
@NullMarked
package org.espalier.greenhouse.internal.picture;

import org.jspecify.annotations.NullMarked;
