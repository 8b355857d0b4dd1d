/** Connections to servers: HTTP/1.1, kept alive, pictures put in while sending; nothing is retried or followed here. */
@NullMarked
package org.espalier.endpoint.internal;

import org.jspecify.annotations.NullMarked;
