/** The command line, configuration and reports; hands each room its ports. */
@NullMarked
package org.espalier.app;

import org.jspecify.annotations.NullMarked;
