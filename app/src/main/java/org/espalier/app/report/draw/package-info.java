/** HTML that escapes all it is given, and the drawings: one class each. */
@NullMarked
package org.espalier.app.report.draw;

import org.jspecify.annotations.NullMarked;
