package org.espalier.app.command;

import org.espalier.greenhouse.serve.PlayedServer;

/** What a played server has counted. */
final class ServerCounts {
    private ServerCounts() {}

    static int count(PlayedServer server, String name) {
        return server.counts().path(name).asInt();
    }

    /**
     * The calls once nothing more arrives: what a process sent before it was killed may still be on its way, and be
     * counted later.
     */
    static int settled(PlayedServer server) throws InterruptedException {
        int calls = count(server, "calls");
        for (int quiet = 0; quiet < 20; quiet++) {
            Thread.sleep(100);
            int now = count(server, "calls");
            if (now != calls || count(server, "in_flight") > 0) {
                quiet = 0;
            }
            calls = now;
        }
        return calls;
    }
}
