/** One answer of a benchmark run as people read it: from the lines of its files, and drawn. */
@NullMarked
package org.espalier.report.answer;

import org.jspecify.annotations.NullMarked;
