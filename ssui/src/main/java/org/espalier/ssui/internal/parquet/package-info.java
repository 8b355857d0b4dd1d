/** Parquet through an embedded DuckDB that lives in memory, with bounds on what it takes of it. */
@NullMarked
package org.espalier.ssui.internal.parquet;

import org.jspecify.annotations.NullMarked;
