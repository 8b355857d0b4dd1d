/** Model endpoints behind one port: providers, limits, prices, budgets. */
@NullMarked
package org.espalier.endpoint;

import org.jspecify.annotations.NullMarked;
