/** How runs on a cluster stand it when executors and workers are killed. */
@NullMarked
package org.espalier.lab.cluster;

import org.jspecify.annotations.NullMarked;
