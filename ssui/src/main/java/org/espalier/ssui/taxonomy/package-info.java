/** The three levels of risk categories: the data file, coverage and balance of a dataset, quotas, and the ring picture. */
@NullMarked
package org.espalier.ssui.taxonomy;

import org.jspecify.annotations.NullMarked;
