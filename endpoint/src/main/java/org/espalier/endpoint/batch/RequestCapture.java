package org.espalier.endpoint.batch;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.net.URI;
import org.espalier.endpoint.wire.Unstreamed;

/** Takes a request from the client library and sends it nowhere. */
public final class RequestCapture implements Unstreamed {
    private String body = "";
    private String path = "";

    /** What the library would have sent; empty if it sent nothing. */
    public String body() {
        return body;
    }

    /** Where to, without the server. */
    public String path() {
        return path;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        body = request.body();
        path = URI.create(request.url()).getPath();
        throw new IllegalStateException("kept for a batch");
    }
}
