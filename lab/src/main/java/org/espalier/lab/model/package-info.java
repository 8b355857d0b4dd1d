/**
 * Models of random weights in the sizes that speed is measured at: training, as a tree beside its plain reference, and
 * generation.
 */
@NullMarked
package org.espalier.lab.model;

import org.jspecify.annotations.NullMarked;
