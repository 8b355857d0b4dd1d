/**
 * Looks for tensors that would mix devices or types on a machine that has one device alone: classes are loaded with every
 * call into libtorch led through a checker, which knows for each tensor through which placement it was made.
 */
@NullMarked
package org.espalier.tensor.check;

import org.jspecify.annotations.NullMarked;
