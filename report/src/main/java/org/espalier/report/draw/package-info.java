/** HTML that escapes all it is given, and the drawings: one class each. */
@NullMarked
package org.espalier.report.draw;

import org.jspecify.annotations.NullMarked;
