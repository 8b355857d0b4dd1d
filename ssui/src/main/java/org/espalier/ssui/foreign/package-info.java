/** Data files in the forms that other programs write: Parquet, and training data of TRL, LLaMA-Factory and ms-swift. */
@NullMarked
package org.espalier.ssui.foreign;

import org.jspecify.annotations.NullMarked;
