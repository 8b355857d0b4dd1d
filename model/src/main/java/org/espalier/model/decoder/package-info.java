/** The language model's forward pass over one axis of tokens; who may look at whom is an {@link org.espalier.model.decoder.Attention}. */
@NullMarked
package org.espalier.model.decoder;

import org.jspecify.annotations.NullMarked;
