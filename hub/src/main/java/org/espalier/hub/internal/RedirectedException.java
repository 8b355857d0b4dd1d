package org.espalier.hub.internal;

import java.io.IOException;
import java.net.URI;

/** An answer that names another address. It is thrown so that the answer's own body, which may have no end, is left unread. */
final class RedirectedException extends IOException {
    private static final long serialVersionUID = 1;

    private final URI address;

    RedirectedException(URI address) {
        super("it sends us on to " + address.getHost() + address.getPath());
        this.address = address;
    }

    URI address() {
        return address;
    }
}
