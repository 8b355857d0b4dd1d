package org.espalier.serve.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** Listens from when it is made until it is closed. Thread-safe. */
public final class HttpListener implements AutoCloseable {
    /** The type of answers. */
    public static final String JSON = "application/json";

    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final long LOOK_MILLIS = 500;
    private static final int BACKLOG = 4096;

    private final ListenSettings settings;
    private final HttpHandler handler;
    private final ServerSocket server;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final Semaphore room;
    private volatile boolean closed;

    private HttpListener(ListenSettings settings, HttpHandler handler, ServerSocket server) {
        this.settings = settings;
        this.handler = handler;
        this.server = server;
        this.free = new Semaphore(settings.connections());
        // Bodies, their texts and their pictures are held several times over for a moment.
        long bytes = Math.max(settings.maxBody(), Runtime.getRuntime().maxMemory() / 12);
        this.room = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytes / HttpCall.BLOCK + 1));
    }

    /**
     * Starts.
     *
     * @throws InputException if the port is taken or the host is none of this machine
     */
    public static HttpListener start(ListenSettings settings, HttpHandler handler) {
        InetAddress address = settings.address();
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, settings.port()), BACKLOG);
            HttpListener listener = new HttpListener(settings, handler, server);
            Thread.ofVirtual().name("accept").start(listener::accept);
            Thread.ofVirtual().name("deadlines").start(listener::watch);
            return listener;
        } catch (BindException e) {
            throw new InputException(
                    String.valueOf(e.getMessage()).contains("assign")
                            ? settings.host() + " is no address of this machine: choose another with --host"
                            : "port " + settings.port() + " is taken: choose another with --port, or 0 for any",
                    e);
        } catch (IOException e) {
            throw new SurroundingsException("the server cannot listen: " + e.getMessage(), e);
        }
    }

    /** Where it listens, as clients want it: with {@code /v1}. */
    public URI base() {
        String host = server.getInetAddress().isAnyLocalAddress() ? "127.0.0.1" : settings.host();
        return URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getLocalPort() + "/v1");
    }

    /** What a client should know beside a status. */
    public static Map<String, String> hints(int status) {
        return status == 503 || status == 429 ? Map.of("Retry-After", "1") : Map.of();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (free.tryAcquire()) {
                    start(new Connection(socket, handler, settings.maxBody(), room));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.log(System.Logger.Level.WARNING, "no connection", e);
                    rest();
                }
            }
        }
    }

    private void start(Connection connection) {
        open.add(connection);
        Thread.ofVirtual().start(() -> {
            try {
                connection.serve();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "a connection failed", e);
            } finally {
                open.remove(connection);
                free.release();
            }
        });
        if (closed) {
            connection.abort();
        }
    }

    private void watch() {
        while (!closed) {
            rest();
            long now = System.nanoTime();
            open.stream().filter(connection -> connection.late(now)).forEach(Connection::abort);
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the port was closed already", e);
        }
        open.forEach(Connection::abort);
    }
}
