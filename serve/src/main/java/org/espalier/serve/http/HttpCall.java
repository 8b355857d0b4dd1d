package org.espalier.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** One request and its answer. Used by the thread that handles it. */
public final class HttpCall {
    /** Bytes by which the room for bodies is handed out. */
    static final int BLOCK = 1 << 14;

    private static final long PATIENCE_SECONDS = 5;

    private final Connection connection;
    private final ClassicHttpRequest request;
    private final int maxBody;
    private final Semaphore room;
    private int blocks;
    private boolean read;
    private Optional<ClassicHttpResponse> answer = Optional.empty();

    /** @param room blocks that the bodies of all requests may still take */
    HttpCall(Connection connection, ClassicHttpRequest request, int maxBody, Semaphore room) {
        this.connection = connection;
        this.request = request;
        this.maxBody = maxBody;
        this.room = room;
        this.read = request.getEntity() == null;
    }

    /** In capitals. */
    public String method() {
        return request.getMethod();
    }

    /** Without what follows a question mark. */
    public String path() {
        String path = request.getPath();
        return path == null ? "" : path.replaceFirst("\\?.*$", "");
    }

    /** The first of that name; empty where there is none. */
    public String header(String name) {
        Header header = request.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    /** Bodies that are read count against the memory for all of them until this request is answered or says so. */
    public void forgetBody() {
        room.release(blocks);
        blocks = 0;
    }

    /**
     * The whole body.
     *
     * @throws HttpRefusal if it is too long, or others take the memory for bodies
     */
    public byte[] body() throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        long length = entity.getContentLength();
        if (length > maxBody) {
            throw tooLong();
        }
        if (header("Expect").equalsIgnoreCase("100-continue")) {
            connection.goOn();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.clamp(length, 1024, BLOCK));
        byte[] buffer = new byte[BLOCK];
        try (InputStream in = entity.getContent()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                body.write(buffer, 0, n);
                if (body.size() > maxBody) {
                    throw tooLong();
                }
                take(body.size());
            }
        } catch (MalformedChunkCodingException | ConnectionClosedException e) {
            throw new HttpRefusal(400, "The body is not as the request's head says: it is cut off, or not in chunks.");
        }
        read = true;
        connection.writing();
        return body.toByteArray();
    }

    private void take(int size) throws IOException {
        int more = size / BLOCK + 1 - blocks;
        if (more > 0) {
            try {
                if (!room.tryAcquire(more, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new HttpRefusal(503, "The bodies of other requests fill the memory for them: try again.");
                }
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            blocks += more;
        }
    }

    private HttpRefusal tooLong() {
        return new HttpRefusal(
                413,
                "The body has more than " + (maxBody >> 20) + " MiB: send smaller or fewer pictures, or start the"
                        + " server with a larger --max-body-mib.");
    }

    /** Answers whole. */
    public void send(int status, String type, byte[] body, Map<String, String> headers) throws IOException {
        send(status, new ByteArrayEntity(body, ContentType.create(type)), headers);
    }

    /** What is written piece by piece, each of which arrives at once. */
    @FunctionalInterface
    public interface Pieces {
        void write(OutputStream out) throws IOException;
    }

    /** Answers with 200, piece by piece; the connection ends with it where {@code pieces} throws. */
    public void stream(String type, Pieces pieces) throws IOException {
        send(200, new Streamed(type, pieces), Map.of("Cache-Control", "no-cache"));
    }

    private void send(int status, HttpEntity body, Map<String, String> headers) throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(status);
        response.setEntity(body);
        headers.forEach(response::setHeader);
        if (!read || bodiless()) {
            // What still comes is not the next request, or what is sent not looked for.
            response.setHeader("Connection", "close");
        }
        answer = Optional.of(response);
        connection.send(Optional.of(request), response);
    }

    /** Ends the connection without an answer. */
    public void drop() {
        connection.abort();
    }

    /**
     * Has somebody told, from another thread, once the caller closes the connection. What it sends meanwhile waits.
     *
     * @throws IllegalStateException before the body was read
     */
    public void watch(Runnable left) {
        if (!read) {
            throw new IllegalStateException("what comes next is the request's body");
        }
        connection.watch(left);
    }

    /** Nothing is written for now: the caller is not late. */
    public void computing() {
        connection.computing();
    }

    /** The caller has to take what is written from here on. */
    public void writing() {
        connection.writing();
    }

    /** Whether an answer was begun. */
    public boolean started() {
        return answer.isPresent();
    }

    private boolean bodiless() {
        return method().equals("HEAD");
    }

    /** Whether another request may follow. */
    boolean ends() {
        return answer.isEmpty() || !read || bodiless() || !connection.reusable(request, answer.get());
    }

    private static final class Streamed extends AbstractHttpEntity {
        private final Pieces pieces;

        Streamed(String type, Pieces pieces) {
            super(type, null, true);
            this.pieces = pieces;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            pieces.write(out);
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("it is written, not read");
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
