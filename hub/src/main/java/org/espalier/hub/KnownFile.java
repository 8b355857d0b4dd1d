package org.espalier.hub;

import java.net.URI;

/**
 * A file of the web of which everything is known before it is fetched.
 *
 * @param address whose last part is the file's name
 * @param sha256 of its content, in hexadecimal
 */
public record KnownFile(URI address, long bytes, String sha256) {
    /** The name that it has where it comes from. */
    public String name() {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
