/** Connections to a hub, and what is written into the shared cache. */
@NullMarked
package org.espalier.hub.internal;

import org.jspecify.annotations.NullMarked;
