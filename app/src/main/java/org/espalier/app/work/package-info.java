/** Measures the studio in a process of its own. */
@NullMarked
package org.espalier.app.work;

import org.jspecify.annotations.NullMarked;
