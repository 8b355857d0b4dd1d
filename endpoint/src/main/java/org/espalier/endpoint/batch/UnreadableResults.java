package org.espalier.endpoint.batch;

import java.io.IOException;

/** The whole file of a batch's results came, and some of its lines are nothing that can be read. */
public final class UnreadableResults extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableResults(String what) {
        super("the results of a batch are not all JSON lines: " + what);
    }
}
