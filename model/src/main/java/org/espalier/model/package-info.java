/** Multimodal models in-process: checkpoints, tokens, the forward pass, LoRA and generation. */
@NullMarked
package org.espalier.model;

import org.jspecify.annotations.NullMarked;
