/** LLaVA-NeXT with a LLaMA 3 decoder: its configuration, tiles of any resolution, CLIP tower, projector and conversations. */
@NullMarked
package org.espalier.model.llava;

import org.jspecify.annotations.NullMarked;
