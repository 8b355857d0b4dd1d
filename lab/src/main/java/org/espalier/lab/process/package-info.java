/** Processes of Espalier beside this one, and what they take. */
@NullMarked
package org.espalier.lab.process;

import org.jspecify.annotations.NullMarked;
