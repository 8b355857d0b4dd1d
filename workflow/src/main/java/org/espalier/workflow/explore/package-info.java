/** Explores questions (Eq. 1-4): whose paths, which verifier, which forecast. */
@NullMarked
package org.espalier.workflow.explore;

import org.jspecify.annotations.NullMarked;
