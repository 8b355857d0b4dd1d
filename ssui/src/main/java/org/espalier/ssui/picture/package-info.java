/**
 * What a picture is, found without trusting it: format, size, content hash and perceptual hash, and which pictures look
 * alike.
 */
@NullMarked
package org.espalier.ssui.picture;

import org.jspecify.annotations.NullMarked;
