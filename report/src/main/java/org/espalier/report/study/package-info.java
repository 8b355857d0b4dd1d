/** What a study found: counts by cell and row, paired differences, the sentences that they carry. */
@NullMarked
package org.espalier.report.study;

import org.jspecify.annotations.NullMarked;
