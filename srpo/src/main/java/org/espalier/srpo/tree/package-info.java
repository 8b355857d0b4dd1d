/** All paths of one question as one tree of tokens, scored and differentiated by the model. */
@NullMarked
package org.espalier.srpo.tree;

import org.jspecify.annotations.NullMarked;
