/** Parquet: read in Java row by row, written through an embedded DuckDB, with bounds on what either takes of memory. */
@NullMarked
package org.espalier.ssui.internal.parquet;

import org.jspecify.annotations.NullMarked;
