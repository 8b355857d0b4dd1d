/** A whole experiment laid out as steps, told before it is run and run to its end: the paper's, and the same on the greenhouse. */
@NullMarked
package org.espalier.workflow.reproduce;

import org.jspecify.annotations.NullMarked;
