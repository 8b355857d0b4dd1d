/**
 * A model as a judge: asked with what it judges fenced off, answering in JSON that is checked field by field. A reply
 * that holds no verdict, two different ones, or one that contradicts itself is a failure with its kind, never a guess.
 */
@NullMarked
package org.espalier.bench.judge;

import org.jspecify.annotations.NullMarked;
