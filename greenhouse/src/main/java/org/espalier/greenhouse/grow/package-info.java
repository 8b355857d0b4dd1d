/** The recipe of the base model: {@code greenhouse grow}. */
@NullMarked
package org.espalier.greenhouse.grow;

import org.jspecify.annotations.NullMarked;
