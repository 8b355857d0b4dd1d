/** Texts that an answer may be, and the tokens that keep it one of them. */
@NullMarked
package org.espalier.model.grammar;

import org.jspecify.annotations.NullMarked;
