package org.espalier.endpoint.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.OwnerOnly;
import org.espalier.endpoint.wire.EncodedPicture;
import org.jspecify.annotations.Nullable;

/** Connections to one server, kept and used again. Thread-safe; blocks, at home on virtual threads. */
public final class Connections implements AutoCloseable {
    private static final int LARGEST = 64 << 20;
    /** A server whose head of an answer is longer than these answers nothing that is meant. */
    private static final Http1Config HEAD = Http1Config.custom()
            .setMaxHeaderCount(500)
            .setMaxLineLength(1 << 16)
            .build();
    /** Bytes of a file that have to come in the time of a whole answer: less is a server that holds us. */
    private static final long PACE = 1 << 20;

    private static final List<String> KEY_HEADERS = List.of("authorization", "x-api-key", "x-goog-api-key");

    private final CloseableHttpClient client;
    private final Duration timeout;
    private final Secret key;

    /**
     * Opens none yet.
     *
     * @param atOnce connections at most
     * @param timeout for a whole answer, from its request on
     */
    public Connections(int atOnce, Duration connectTimeout, Duration timeout, Secret key) {
        this.timeout = timeout;
        this.key = key;
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(atOnce)
                .setMaxConnPerRoute(atOnce)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD)
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setSocketTimeout(Timeout.of(timeout))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(timeout))
                        .build())
                .useSystemProperties()
                .setUserAgent("espalier")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.ofSeconds(60))
                .build();
    }

    /**
     * Sends and waits.
     *
     * @param headers those that would hold a key are replaced by ours
     * @param body in which marks stand for {@code pictures}
     * @throws IOException if no answer came, or only a part of one
     */
    HttpAnswer post(String url, Map<String, List<String>> headers, String body, Collection<EncodedPicture> pictures)
            throws IOException {
        HttpPost post = new HttpPost(url);
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            if (!KEY_HEADERS.contains(lower) && !lower.startsWith("content-") && !lower.equals("user-agent")) {
                values.forEach(value -> post.addHeader(name, value));
            }
        });
        key.value().ifPresent(secret -> authorize(post, headers, secret));
        post.setEntity(new PictureBody(body, pictures));
        return executed(post, this::received);
    }

    /** What is made of an answer once its head is there. */
    private interface Reading<T> {
        T of(ClassicHttpResponse response, long deadline) throws IOException;
    }

    /**
     * Sends and reads. The head of an answer has to be there in time, whatever is sent meanwhile. Where the answer is not
     * wanted any further, the connection is cut: to read the rest could take for ever.
     */
    private <T> T executed(HttpUriRequestBase request, Reading<T> reading) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        AtomicBoolean late = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(timeout);
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
                    return reading.of(response, deadline);
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

    /**
     * Sends a request that no library made.
     *
     * @param headers as {@link #post} has them: they say where the key belongs
     */
    public HttpAnswer send(HttpUriRequestBase request, Map<String, List<String>> headers) throws IOException {
        prepare(request, headers);
        return executed(request, this::received);
    }

    /**
     * Writes what is answered into a file; what is no success is given back.
     *
     * @param most bytes that the file may have
     * @return empty where the file was written
     */
    public Optional<HttpAnswer> download(String url, Map<String, List<String>> headers, Path to, long most)
            throws IOException {
        HttpGet get = new HttpGet(url);
        prepare(get, headers);
        return executed(get, (response, deadline) -> {
            if (response.getCode() / 100 != 2 || response.getEntity() == null) {
                return Optional.of(received(response, deadline));
            }
            OwnerOnly.file(to);
            try (OutputStream out = Files.newOutputStream(to)) {
                write(response.getEntity().getContent(), out, most);
            }
            return Optional.empty();
        });
    }

    private void write(InputStream in, OutputStream out, long most) throws IOException {
        long all = 0;
        long due = PACE;
        long deadline = System.nanoTime() + timeout.toNanos();
        byte[] piece = new byte[1 << 16];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            all += n;
            if (all > most) {
                throw new SurroundingsException("A server sends a file of results that is larger than " + (most >> 20)
                        + " MiB, more than they can be: look at the server, and run the same command to continue; nothing"
                        + " is lost.");
            }
            if (all >= due) {
                due = all + PACE;
                deadline = System.nanoTime() + timeout.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("the file took too long");
            }
            out.write(piece, 0, n);
        }
    }

    private void prepare(HttpUriRequestBase request, Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            if (!KEY_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        key.value().ifPresent(secret -> authorize(request, headers, secret));
    }

    private static void authorize(HttpUriRequestBase post, Map<String, List<String>> headers, String secret) {
        // The library says by its own headers where this provider wants its key.
        if (headers.containsKey("x-api-key") || headers.containsKey("x-goog-api-key")) {
            post.addHeader(headers.containsKey("x-api-key") ? "x-api-key" : "x-goog-api-key", secret);
        } else {
            post.addHeader("Authorization", "Bearer " + secret);
        }
    }

    private HttpAnswer received(ClassicHttpResponse response, long deadline) throws IOException {
        byte[] body = response.getEntity() == null
                ? new byte[0]
                : read(response.getEntity().getContent(), deadline);
        return new HttpAnswer(
                response.getCode(),
                key.redact(body),
                retryAfter(response.getFirstHeader("Retry-After"), response.getFirstHeader("Date")));
    }

    private static byte[] read(InputStream in, long deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        byte[] piece = new byte[8192];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            body.write(piece, 0, n);
            if (body.size() > LARGEST) {
                throw new IOException("the answer is larger than " + (LARGEST >> 20) + " MiB");
            }
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("the answer took too long");
            }
        }
        return body.toByteArray();
    }

    /**
     * Seconds, or a date.
     *
     * @param sent when the answer was sent by the server's clock: the date is meant by it, whatever ours shows
     */
    static Optional<Duration> retryAfter(@Nullable Header header, @Nullable Header sent) {
        if (header == null || header.getValue() == null) {
            return Optional.empty();
        }
        String value = header.getValue().strip();
        if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(value) * TimeUnit.SECONDS.toMillis(1))));
        }
        Instant now = sent == null ? Instant.now() : date(sent.getValue()).orElseGet(Instant::now);
        return date(value)
                .map(until -> Duration.between(now, until))
                .map(until -> until.isNegative() ? Duration.ZERO : until);
    }

    private static Optional<Instant> date(@Nullable String text) {
        try {
            return Optional.of(ZonedDateTime.parse(String.valueOf(text), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
