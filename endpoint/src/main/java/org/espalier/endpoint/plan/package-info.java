/** What is said of endpoints before any is called: the endpoints file, limits, prices. */
@NullMarked
package org.espalier.endpoint.plan;

import org.jspecify.annotations.NullMarked;
