/** A model in this process behind the ports: requests become batches of prompts, and tokens become texts. */
@NullMarked
package org.espalier.model.generate;

import org.jspecify.annotations.NullMarked;
