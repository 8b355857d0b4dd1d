/**
 * What a family of models must bring: how its folders are read, what becomes of a picture, how a conversation is laid out
 * and what sits in front of the shared decoder. {@code docs/add-a-model-family.md} goes through it.
 */
@NullMarked
package org.espalier.model.family;

import org.jspecify.annotations.NullMarked;
