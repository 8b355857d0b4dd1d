/** Opens runs in the studio. */
@NullMarked
package org.espalier.workflow.studio;

import org.jspecify.annotations.NullMarked;
