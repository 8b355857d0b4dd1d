package org.espalier.serve.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One caller's connection, request after request. */
final class Connection {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(16_384)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(5)
            .build();
    private static final HttpProcessor PROCESSOR = HttpProcessors.server("Espalier");

    /** For a request to begin and its head to come. */
    private static final Duration HEAD = Duration.ofSeconds(75);
    /** For a body. */
    private static final Duration BODY = Duration.ofSeconds(120);
    /** For a caller to take what is sent. */
    private static final Duration TAKE = Duration.ofSeconds(60);
    /** While an answer is computed nothing is sent that its caller could be late to take. */
    private static final Duration UNBOUNDED = Duration.ofDays(365);
    /** Where a caller has sent more than its request, how often it is looked whether it has left. */
    private static final Duration LOOK = Duration.ofMillis(25);
    /** For a refused caller to stop sending. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final Socket socket;
    private final DefaultBHttpServerConnection http = new DefaultBHttpServerConnection("http", LIMITS);
    private final HttpHandler handler;
    private final int maxBody;
    private final Semaphore room;
    private volatile long deadline;
    private volatile boolean answering;
    private Optional<Thread> watch = Optional.empty();

    Connection(Socket socket, HttpHandler handler, int maxBody, Semaphore room) {
        this.socket = socket;
        this.handler = handler;
        this.maxBody = maxBody;
        this.room = room;
        allow(HEAD);
    }

    private void allow(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Whether it has waited for its caller for too long. */
    boolean late(long now) {
        return now - deadline > 0;
    }

    /** Ends it at once, from any thread. */
    void abort() {
        http.close(CloseMode.IMMEDIATE);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection was closed already", e);
        }
    }

    /** Answers until the caller leaves. */
    void serve() {
        try {
            socket.setTcpNoDelay(true);
            http.bind(socket);
            while (one()) {
                allow(HEAD);
            }
            linger();
        } catch (IOException | HttpException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection ended", e);
        } finally {
            abort();
        }
    }

    /** Whether another request may follow. */
    private boolean one() throws IOException, HttpException {
        ClassicHttpRequest request;
        try {
            unwatch();
            request = http.receiveRequestHeader();
            if (request == null) {
                return false;
            }
            http.receiveRequestEntity(request);
        } catch (RequestHeaderFieldsTooLargeException | MessageConstraintException e) {
            refuse(431, "The head of the request is too long.");
            return false;
        } catch (HttpException e) {
            refuse(400, "This is not a request as HTTP/1.1 has it.");
            return false;
        }
        allow(BODY);
        HttpCall call = new HttpCall(this, request, maxBody, room);
        try {
            handler.handle(call);
        } catch (HttpRefusal e) {
            call.send(
                    e.status(),
                    HttpListener.JSON,
                    handler.refusal(e.status(), String.valueOf(e.getMessage())),
                    HttpListener.hints(e.status()));
        } finally {
            call.forgetBody();
        }
        return !call.ends();
    }

    private void refuse(int status, String sentence) throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(status);
        response.setEntity(new ByteArrayEntity(handler.refusal(status, sentence), ContentType.APPLICATION_JSON));
        response.setHeader("Connection", "close");
        send(Optional.empty(), response);
    }

    /** The body is waited for. */
    void goOn() throws IOException {
        try {
            http.sendResponseHeader(new BasicClassicHttpResponse(100));
            http.flush();
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** @param request that is answered, where one could be read */
    void send(Optional<ClassicHttpRequest> request, ClassicHttpResponse response) throws IOException {
        try {
            HttpCoreContext context = HttpCoreContext.create();
            request.ifPresent(asked -> {
                context.setRequest(asked);
                context.setProtocolVersion(
                        Optional.ofNullable(asked.getVersion()).orElse(HttpVersion.HTTP_1_1));
            });
            PROCESSOR.process((HttpResponse) response, response.getEntity(), context);
            allow(TAKE);
            http.sendResponseHeader(response);
            http.sendResponseEntity(response);
            http.flush();
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** The caller has this long again to take what is written next; asked for before each piece. */
    void writing() {
        allow(TAKE);
    }

    /** What is written next takes as long as it takes. */
    void computing() {
        allow(UNBOUNDED);
    }

    /**
     * From now until the next request, one thread reads: it wakes where the caller closes the connection or sends its next
     * request, and not before. Looking every few milliseconds takes longer than writing a stream, with many callers.
     */
    void watch(Runnable left) {
        answering = true;
        watch = Optional.of(Thread.ofVirtual().name("watch").start(() -> {
            if (leaves() && answering) {
                left.run();
            }
        }));
    }

    private boolean leaves() {
        try {
            if (!http.isDataAvailable(Timeout.DISABLED)) {
                return true;
            }
            while (answering && !http.isStale()) {
                Thread.sleep(LOOK);
            }
            return answering;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Waits for what the reading thread waits for, a further request or the end, since two must not read at once. */
    private void unwatch() throws IOException {
        answering = false;
        try {
            if (watch.isPresent()) {
                watch.get().join();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        watch = Optional.empty();
    }

    boolean reusable(ClassicHttpRequest request, ClassicHttpResponse response) {
        return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
    }

    /** A refused caller may still be sending; closed at once, the connection would be reset before it reads why. */
    private void linger() throws IOException {
        if (socket.isClosed()) {
            return;
        }
        allow(LINGER);
        socket.shutdownOutput();
        socket.setSoTimeout((int) LINGER.toMillis());
        byte[] ignored = new byte[HttpCall.BLOCK];
        while (socket.getInputStream().read(ignored) >= 0) {
            // Thrown away.
        }
    }
}
