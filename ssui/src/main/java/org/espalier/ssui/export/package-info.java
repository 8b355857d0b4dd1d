/**
 * From drafts to a dataset that others read: JSON lines, Parquet, pictures, a card that says what it is, and where each
 * sentence comes from.
 */
@NullMarked
package org.espalier.ssui.export;

import org.jspecify.annotations.NullMarked;
