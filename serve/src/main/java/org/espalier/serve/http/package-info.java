/**
 * HTTP/1.1 for an API: a virtual thread a connection, limits on what comes in, and word of callers who leave. Messages are
 * read and written by Apache HttpCore.
 */
@NullMarked
package org.espalier.serve.http;

import org.jspecify.annotations.NullMarked;
