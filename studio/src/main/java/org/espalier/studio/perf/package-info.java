/** How quick the studio is: drafts to try it with, and the requests of a review, timed as a browser would feel them. */
@NullMarked
package org.espalier.studio.perf;

import org.jspecify.annotations.NullMarked;
