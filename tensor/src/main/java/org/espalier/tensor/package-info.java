/**
 * A thin layer over libtorch: placements that tensors are made and read through, scopes that free native memory when they
 * close, and safetensors files.
 */
@NullMarked
package org.espalier.tensor;

import org.jspecify.annotations.NullMarked;
