/** Compares the whole model, its losses, gradients and optimizer with reference values stored in a folder. */
@NullMarked
package org.espalier.verify;

import org.jspecify.annotations.NullMarked;
