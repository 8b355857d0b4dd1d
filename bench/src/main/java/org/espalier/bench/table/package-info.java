/**
 * Tables of results: the paper's Table 1 as data with its misprints marked, rows of ours beside it, each as Markdown,
 * LaTeX or CSV; HTML is the report's.
 */
@NullMarked
package org.espalier.bench.table;

import org.jspecify.annotations.NullMarked;
