/** How trainings by several processes stand it when some of them are killed. */
@NullMarked
package org.espalier.lab.training;

import org.jspecify.annotations.NullMarked;
