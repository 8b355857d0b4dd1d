/** What providers expect and send back: one dialect each, without the network. */
@NullMarked
package org.espalier.endpoint.wire;

import org.jspecify.annotations.NullMarked;
