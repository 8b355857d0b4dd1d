/** The thin hand on libtorch: scopes that free native memory when they close, and safetensors files. */
@NullMarked
package org.espalier.tensor;

import org.jspecify.annotations.NullMarked;
