/**
 * How quick the studio is: drafts and answers to try it with, and the requests of a review, timed as a browser would feel
 * them.
 */
@NullMarked
package org.espalier.lab.studio;

import org.jspecify.annotations.NullMarked;
