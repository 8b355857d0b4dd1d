/** The web page for manual revision and for looking at runs. */
@NullMarked
package org.espalier.studio;

import org.jspecify.annotations.NullMarked;
