/** The facts of the greenhouse: objects, actions, harms and which pair is hazardous under which action. */
@NullMarked
package org.espalier.greenhouse.world;

import org.jspecify.annotations.NullMarked;
