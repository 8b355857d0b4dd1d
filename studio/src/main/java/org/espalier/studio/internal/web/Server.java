package org.espalier.studio.internal.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** Serves a site on the loopback address, a virtual thread a request, from when it is started until it is closed. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());

    /** No form of ours is longer. */
    private static final int LONGEST_FORM = 4 << 20;

    /** Nothing from elsewhere, no script or style inside a page, no frame around one. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self';"
                            + " base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Sessions sessions;
    private final Door door;
    private final Site site;
    private final LongAdder answered = new LongAdder();

    private Server(int port, Site site) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.sessions = new Sessions();
        this.door = new Door(sessions, server.getAddress().getPort());
        this.site = site;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * Starts.
     *
     * @param port 0 for any that is free
     */
    public static Server start(int port, Site site) {
        // Read once by the JDK's server when it is first used: without it a page of two packets waits for the browser
        // to confirm the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A request that does not come, or an answer that is not taken, would hold its connection for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        System.setProperty("jdk.httpserver.maxConnections", "1000");
        try {
            Server server = new Server(port, site);
            server.server.start();
            return server;
        } catch (BindException e) {
            throw new InputException("port " + port + " is taken: choose another with --port, or 0 for any", e);
        } catch (IOException e) {
            throw new SurroundingsException("the studio cannot listen: " + e.getMessage(), e);
        }
    }

    /** Where it listens; with the token, which lets in whoever has it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/?token=" + sessions.token());
    }

    /** How many requests it has answered. */
    public long answered() {
        return answered.sum();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Response response;
        try {
            response = answer(exchange);
        } catch (Refused e) {
            response = site.refusal(e.status(), String.valueOf(e.getMessage()));
        } catch (InputException e) {
            response = site.refusal(400, String.valueOf(e.getMessage()));
        } catch (SurroundingsException e) {
            LOG.log(System.Logger.Level.WARNING, "a request failed", e);
            response = site.refusal(503, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.log(System.Logger.Level.WARNING, "a request needs more memory than there is", e);
            response = site.refusal(
                    503,
                    "This needs more memory than there is: close other programs, or give Java"
                            + " more with ESPALIER_JAVA_OPTS=-Xmx4g.");
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "a request failed", e);
            response = site.refusal(500, "This is a fault of Espalier; the log says more. Nothing was changed.");
        }
        send(exchange, response);
        answered.increment();
    }

    private Response answer(HttpExchange exchange) throws IOException {
        door.checkHost(exchange.getRequestHeaders());
        URI uri = exchange.getRequestURI();
        String path = uri.getPath() == null ? "" : uri.getPath();
        FormFields query = uri.getRawQuery() == null ? FormFields.NONE : FormFields.read(uri.getRawQuery());
        boolean post = exchange.getRequestMethod().equals("POST");
        if (!path.startsWith("/") || !(post || exchange.getRequestMethod().matches("GET|HEAD"))) {
            throw new Refused(405, "The studio knows GET and POST.");
        }
        if (!post && query.has("token")) {
            var cookie = door.enter(query.one("token"));
            if (cookie.isPresent()) {
                // Away from the token, which has no business in the address bar.
                return Response.to(ours(path) + query.without("token").query()).with("Set-Cookie", cookie.get());
            }
        }
        Session session = door.session(exchange.getRequestHeaders());
        FormFields form = post ? form(exchange) : FormFields.NONE;
        if (post) {
            door.checkForm(exchange.getRequestHeaders(), session, form);
        }
        return site.answer(new Request(post, path, query, form, session));
    }

    /** A path on this site, whatever was asked: two slashes at its start would lead to another machine. */
    private static String ours(String path) {
        return path.matches("(/[\\w.-]+)+") ? path : "/";
    }

    private static FormFields form(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        if (body.length > LONGEST_FORM) {
            throw new Refused(413, "That is more than " + (LONGEST_FORM >> 20) + " MiB of text.");
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new Refused(415, "The studio reads forms alone.");
        }
        return FormFields.read(new String(body, StandardCharsets.UTF_8));
    }

    /** What says that it comes in pieces and does not is no fault of ours. */
    private static byte[] body(HttpExchange exchange) {
        try {
            return exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
        } catch (IOException | RuntimeException e) {
            throw new Refused(400, "The form did not come as a whole: send it again.");
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", response.type());
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bare = exchange.getRequestMethod().equals("HEAD") || response.body().length == 0;
        exchange.sendResponseHeaders(response.status(), bare ? -1 : response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!bare) {
                out.write(response.body());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
