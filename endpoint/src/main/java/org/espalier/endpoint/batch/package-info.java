/** Providers' batch interfaces: many calls as one file, answered within a day for half the price. */
@NullMarked
package org.espalier.endpoint.batch;

import org.jspecify.annotations.NullMarked;
