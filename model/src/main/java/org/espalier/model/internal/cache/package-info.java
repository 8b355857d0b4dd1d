/** Keys and values of prompts and of the sequences that continue them, and attention to both. */
@NullMarked
package org.espalier.model.internal.cache;

import org.jspecify.annotations.NullMarked;
