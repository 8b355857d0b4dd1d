/** Brings what does not come with Espalier: libtorch's CUDA build, MKL. */
@NullMarked
package org.espalier.workflow.setup;

import org.jspecify.annotations.NullMarked;
