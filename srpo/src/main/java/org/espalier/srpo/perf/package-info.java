/** Speed of training: the tree beside its plain reference, in one run, on models of random weights. */
@NullMarked
package org.espalier.srpo.perf;

import org.jspecify.annotations.NullMarked;
