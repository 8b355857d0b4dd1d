/** What a GPU does, measured beside what other programs did on one. */
@NullMarked
package org.espalier.lab.gpu;

import org.jspecify.annotations.NullMarked;
