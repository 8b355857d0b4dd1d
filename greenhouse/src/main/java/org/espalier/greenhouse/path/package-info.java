/** Reasoning paths of the greenhouse: writing them, reading what they claim, and the exact rules that judge them. */
@NullMarked
package org.espalier.greenhouse.path;

import org.jspecify.annotations.NullMarked;
