/**
 * Between words and tokens: the tokenizer of a checkpoint, the layout of a conversation in the tokens of each family, and
 * the places between tokens where an answer can be cut.
 */
@NullMarked
package org.espalier.model.chat;

import org.jspecify.annotations.NullMarked;
