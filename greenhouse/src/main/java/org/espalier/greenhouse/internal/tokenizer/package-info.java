/** The base model's tokenizer and the other small files of its checkpoint folder, in Qwen2.5-VL's layout. */
@NullMarked
package org.espalier.greenhouse.internal.tokenizer;

import org.jspecify.annotations.NullMarked;
