package org.espalier.hub.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.espalier.core.file.Json;
import org.espalier.hub.repository.HubPlace;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Connections to a hub. The token goes to the hub's own scheme, name and port, never to where it redirects. Thread-safe.
 */
public final class HubClient implements AutoCloseable {
    private static final int REDIRECTS = 8;
    private static final int SAID = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Bytes a second that are sent over the slowest line. */
    private static final long SLOWEST = 1 << 13;

    /** A server whose head of an answer is longer than these answers nothing that is meant. */
    private static final Http1Config HEAD = Http1Config.custom()
            .setMaxHeaderCount(500)
            .setMaxLineLength(1 << 16)
            .build();

    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"?next\"?");

    private final HubPlace place;
    private final HubLimits limits;
    private final CloseableHttpClient client;

    /** Opens none yet. */
    public HubClient(HubPlace place, int atOnce) {
        this(place, atOnce, HubLimits.USUAL);
    }

    HubClient(HubPlace place, int atOnce, HubLimits limits) {
        this.place = place;
        this.limits = limits;
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(2 * atOnce)
                .setMaxConnPerRoute(atOnce)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT))
                        .setSocketTimeout(Timeout.of(limits.silence()))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(limits.silence()))
                        .build())
                .useSystemProperties()
                .setUserAgent("espalier")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    HubLimits limits() {
        return limits;
    }

    /** An answer that names another address. Thrown so that the answer's own body, which may have no end, is left unread. */
    private static final class RedirectedException extends IOException {
        private static final long serialVersionUID = 1;
        private final transient URI address;

        RedirectedException(URI address) {
            super("it sends us on to " + address.getHost() + address.getPath());
            this.address = address;
        }
    }

    /** Takes an answer while it comes. */
    @FunctionalInterface
    public interface Taking<T> {
        T take(Answer answer) throws IOException;
    }

    /**
     * An answer that is a success.
     *
     * @param from where it came from in the end
     */
    public record Answer(int status, Map<String, String> headers, InputStream body, URI from) {
        /** A header, by its name in small letters. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** A page of a list, and where the next one is. */
    public record Page(JsonNode json, Optional<URI> next) {}

    /** The address of something below the hub's. */
    public URI address(String below) {
        return URI.create(place.endpoint() + "/" + below);
    }

    /** Whether an address is the hub's own: the same scheme, name and port. */
    public boolean isHub(URI address) {
        URI hub = place.endpoint();
        return hub.getScheme().equals(address.getScheme())
                && hub.getHost().equalsIgnoreCase(address.getHost() == null ? "" : address.getHost())
                && port(hub) == port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }

    /**
     * Gets, and follows where the hub redirects to.
     *
     * @throws RefusedException if the answer is no success
     */
    public <T> T get(URI address, Map<String, String> headers, Taking<T> taking) throws IOException {
        URI at = address;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpUriRequestBase request = request("GET", at);
            headers.forEach(request::addHeader);
            URI asked = at;
            try {
                return executed(request, response -> taking.take(success(response, asked)));
            } catch (RedirectedException e) {
                at = e.address;
            }
        }
        throw new IOException("it redirects more than " + REDIRECTS + " times");
    }

    /**
     * The head of an answer has to be there in time, whatever is sent meanwhile; where the answer is not wanted any further,
     * the connection is cut: to read the rest could take for ever.
     */
    private <T> T executed(HttpUriRequestBase request, HttpClientResponseHandler<T> handler) throws IOException {
        long sent = request.getEntity() == null ? 0 : request.getEntity().getContentLength();
        Duration patience = limits.answer().plusSeconds(sent / SLOWEST);
        AtomicBoolean late = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                late.set(true);
                request.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return client.execute(request, response -> {
                watch.interrupt();
                try {
                    return handler.handleResponse(response);
                } catch (IOException | RuntimeException e) {
                    request.cancel();
                    throw e;
                }
            });
        } catch (IOException e) {
            if (late.get()) {
                throw new SocketTimeoutException("no whole head of an answer came in time");
            }
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    private static URI redirected(ClassicHttpResponse response, URI asked) throws IOException {
        Header to = response.getFirstHeader("Location");
        try {
            URI address = asked.resolve(URI.create(to == null ? "" : to.getValue()));
            boolean web = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && "http".equals(asked.getScheme()));
            if (to != null && web && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it redirects to what is no address", e);
        }
        throw new IOException("it redirects to where nothing is fetched from");
    }

    /**
     * Gets JSON.
     *
     * @throws RefusedException if the answer is no success
     */
    public Page json(URI address) throws IOException {
        return get(address, Map.of("Accept", "application/json"), answer -> {
            Matcher next = NEXT.matcher(answer.header("link").orElse(""));
            Optional<URI> then = next.find() ? Optional.of(following(answer, next.group(1))) : Optional.empty();
            return new Page(parsed(answer), then);
        });
    }

    private static URI following(Answer answer, String link) throws IOException {
        try {
            return answer.from().resolve(URI.create(link));
        } catch (IllegalArgumentException e) {
            throw new IOException("the next part of its list is at what is no address", e);
        }
    }

    /** Posts to the hub, and takes JSON; an answer without a body is an empty object. */
    public JsonNode post(URI address, String type, byte[] body) throws IOException {
        HttpUriRequestBase request = request("POST", address);
        request.addHeader("Accept", type.startsWith("application/vnd") ? type : "application/json");
        request.setEntity(new ByteArrayEntity(body, ContentType.create(type)));
        return executed(request, response -> parsed(success(response, address)));
    }

    /**
     * Puts a file where the hub said to; the token goes along where that is the hub itself.
     *
     * @param sent hears how many bytes have gone; may throw to stop
     */
    public void put(URI address, Map<String, String> headers, Path file, LongConsumer sent) throws IOException {
        HttpUriRequestBase request = request("PUT", address);
        headers.forEach(request::setHeader);
        request.setEntity(new EntityTemplate(
                Files.size(file), ContentType.APPLICATION_OCTET_STREAM, null, out -> copy(file, out, sent)));
        executed(request, response -> read(success(response, address).body()));
    }

    private static void copy(Path file, OutputStream out, LongConsumer sent) throws IOException {
        long all = 0;
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                out.write(piece, 0, n);
                all += n;
                sent.accept(all);
            }
        }
    }

    private HttpUriRequestBase request(String method, URI address) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, address);
        request.addHeader("Accept-Encoding", "identity");
        if (isHub(address)) {
            place.token().ifPresent(token -> request.addHeader("Authorization", token.header()));
        }
        return request;
    }

    private Answer success(ClassicHttpResponse response, URI asked) throws IOException {
        Map<String, String> headers = new java.util.HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(java.util.Locale.ROOT), String.valueOf(header.getValue()));
        }
        InputStream body = response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return new Answer(status, Map.copyOf(headers), body, asked);
        }
        if (REDIRECTING.contains(status)) {
            throw new RedirectedException(redirected(response, asked));
        }
        String said = headers.getOrDefault("x-error-message", "");
        if (said.isEmpty()) {
            said = message(new String(body.readNBytes(10_000), StandardCharsets.UTF_8), headers);
        }
        throw new RefusedException(status, headers.getOrDefault("x-error-code", ""), clean(said));
    }

    private static String message(String body, Map<String, String> headers) {
        if (!headers.getOrDefault("content-type", "").contains("json")) {
            return "";
        }
        try {
            JsonNode error = Json.parse(body).path("error");
            return error.isString() ? error.asString("") : error.path("message").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private String clean(String said) {
        String line = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String cut = line.length() > SAID ? line.substring(0, SAID) + "..." : line;
        return place.token().map(token -> token.redact(cut)).orElse(cut);
    }

    private JsonNode parsed(Answer answer) throws IOException {
        byte[] body = read(answer.body());
        if (body.length == 0) {
            return Json.object();
        }
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new IOException("it answers with something that is not JSON, as a page for people would be", e);
        }
    }

    private byte[] read(InputStream in) throws IOException {
        long deadline = System.nanoTime() + limits.answer().toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 14];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            body.write(piece, 0, n);
            if (body.size() > limits.bytes()) {
                throw new IOException("its answer is longer than " + (limits.bytes() >> 20) + " MiB");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "its answer took longer than " + limits.answer().toSeconds() + " s");
            }
        }
        return body.toByteArray();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
