/** What all pages of the studio share: the frame around them, style sheet and script, pieces of forms, pictures. */
@NullMarked
package org.espalier.studio.internal.page;

import org.jspecify.annotations.NullMarked;
