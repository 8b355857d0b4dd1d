/** The commands {@code perf ...} of a checkout. */
@NullMarked
package org.espalier.lab.command;

import org.jspecify.annotations.NullMarked;
