/** From drafts to a dataset that others read: JSON lines, Parquet, pictures, and a card that says what it is. */
@NullMarked
package org.espalier.ssui.export;

import org.jspecify.annotations.NullMarked;
