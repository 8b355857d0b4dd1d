/** The base model's tokenizer and the other small files of its checkpoint folder, in the layout of its family. */
@NullMarked
package org.espalier.greenhouse.internal.tokenizer;

import org.jspecify.annotations.NullMarked;
