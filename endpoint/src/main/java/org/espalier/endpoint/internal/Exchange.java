package org.espalier.endpoint.internal;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.Unstreamed;
import org.jspecify.annotations.Nullable;

/**
 * One request and what came of it, as the client library's connection. It remembers both, since the library tells too
 * little of what it did not like.
 */
public final class Exchange implements Unstreamed {
    /** Refused by the server: nothing for the library to read. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused() {
            super("refused", null, false, false);
        }
    }

    private final @Nullable Connections connections;
    private final Collection<EncodedPicture> pictures;
    private String request = "";
    private @Nullable HttpAnswer received;
    private @Nullable IOException trouble;

    private Exchange(
            @Nullable Connections connections, Collection<EncodedPicture> pictures, @Nullable HttpAnswer received) {
        this.connections = connections;
        this.pictures = pictures;
        this.received = received;
    }

    /** An exchange that will be made. */
    public static Exchange over(Connections connections, Collection<EncodedPicture> pictures) {
        return new Exchange(connections, pictures, null);
    }

    /** One that was made before: nothing is sent. */
    public static Exchange replayed(byte[] body) {
        return new Exchange(null, java.util.List.of(), new HttpAnswer(200, body, Optional.empty()));
    }

    /** The body as it was written, pictures as their marks; empty before. */
    public String request() {
        return request;
    }

    /** What came, if anything did. */
    public Optional<HttpAnswer> received() {
        return Optional.ofNullable(received);
    }

    /** Why nothing came, or not all. */
    public Optional<IOException> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest asked) {
        request = asked.body();
        HttpAnswer came = received;
        if (connections != null) {
            try {
                came = connections.post(asked.url(), asked.headers(), asked.body(), pictures);
                received = came;
            } catch (IOException e) {
                trouble = e;
                throw new UncheckedIOException(e);
            }
        }
        if (came == null || came.status() / 100 != 2) {
            throw new Refused();
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(came.status())
                .headers(Map.of())
                .body(came.body())
                .build();
    }
}
