package org.espalier.serve.http;

import java.io.IOException;

/** Answers requests; called from many threads at once. */
public interface HttpHandler {
    /**
     * Answers one request.
     *
     * @throws HttpRefusal to answer with {@link #refusal}
     * @throws IOException if the caller is gone
     */
    void handle(HttpCall call) throws IOException;

    /** The JSON that tells why a request is refused. */
    byte[] refusal(int status, String sentence);
}
