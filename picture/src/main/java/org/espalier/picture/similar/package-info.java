/** Which pictures look alike: perceptual hashes and the search among them. */
@NullMarked
package org.espalier.picture.similar;

import org.jspecify.annotations.NullMarked;
