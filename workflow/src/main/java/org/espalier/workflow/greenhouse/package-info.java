/** Draws worlds and pictures of the greenhouse. */
@NullMarked
package org.espalier.workflow.greenhouse;

import org.jspecify.annotations.NullMarked;
