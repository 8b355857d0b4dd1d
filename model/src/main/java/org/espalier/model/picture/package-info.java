/** Pictures become the patches a model sees, as transformers makes them. */
@NullMarked
package org.espalier.model.picture;

import org.jspecify.annotations.NullMarked;
