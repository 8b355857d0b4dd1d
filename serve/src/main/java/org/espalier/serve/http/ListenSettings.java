package org.espalier.serve.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.espalier.core.InputException;

/**
 * Where to listen and how much to take in.
 *
 * @param host an address or name of this machine
 * @param port 0 for any that is free
 * @param connections open at once; further ones are closed as they come
 * @param maxBody bytes of a request's body at most
 */
public record ListenSettings(String host, int port, int connections, int maxBody) {
    public ListenSettings {
        if (port < 0 || port > 65_535) {
            throw new InputException("a port is a number from 0 to 65535, not " + port);
        }
        if (connections < 1 || maxBody < 1) {
            throw new IllegalArgumentException("nothing is let in");
        }
    }

    /** @throws InputException if the host is not known */
    public InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new InputException("there is no host '" + host + "': name an address of this machine", e);
        }
    }

    /** Whether nobody but this machine reaches it. */
    public boolean loopback() {
        return address().isLoopbackAddress();
    }
}
