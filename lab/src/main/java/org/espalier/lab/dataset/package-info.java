/** The dataset builder under load and under kill -9, each in processes of its own, with figures. */
@NullMarked
package org.espalier.lab.dataset;

import org.jspecify.annotations.NullMarked;
