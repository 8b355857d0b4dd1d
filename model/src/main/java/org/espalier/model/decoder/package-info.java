/** The language model's forward pass over one axis of tokens; which tokens attend to which is an {@link org.espalier.model.decoder.Attention}. */
@NullMarked
package org.espalier.model.decoder;

import org.jspecify.annotations.NullMarked;
