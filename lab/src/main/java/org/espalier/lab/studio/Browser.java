package org.espalier.lab.studio;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.studio.internal.web.FormFields;

/** What a browser does, without drawing: keeps its connection and its cookie, and sends forms as it found them. */
public final class Browser implements AutoCloseable {
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern AREA =
            Pattern.compile("<textarea[^>]* name=\"([^\"]*)\"[^>]*>\\n?([^<]*)</textarea>", Pattern.DOTALL);
    private static final Pattern PICKED = Pattern.compile("<option value=\"([^\"]+)\" selected=\"\">");
    private static final Pattern REASON = Pattern.compile("Nothing was [^<]*");
    private static final Pattern CATEGORY = Pattern.compile("<optgroup[^>]*><option value=\"([^\"]+)\"");

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    /** @param address with the token */
    public Browser(URI address) throws IOException {
        this.address = address;
        get(address.getRawPath() + "?" + address.getRawQuery());
    }

    /**
     * What came back.
     *
     * @param location where it leads; empty if it does not
     */
    public record Answer(int status, String location, String body, long firstByteNanos, long fullNanos) {
        /** Two as one: the times of both, the second's content. */
        Answer then(Answer next) {
            return new Answer(
                    next.status,
                    next.location,
                    next.body,
                    firstByteNanos + next.firstByteNanos,
                    fullNanos + next.fullNanos);
        }

        /** The hidden and written fields of the page's first form. */
        FormFields form() {
            StringBuilder encoded = new StringBuilder();
            String part = body.substring(body.indexOf("<form"), body.indexOf("</form>"));
            for (Pattern pattern : new Pattern[] {FIELD, AREA}) {
                Matcher field = pattern.matcher(part);
                while (field.find()) {
                    encoded.append('&').append(field.group(1)).append('=').append(FormFields.encode(field.group(2)));
                }
            }
            Matcher picked = PICKED.matcher(part);
            for (String name : new String[] {"category", "risk"}) {
                if (picked.find()) {
                    encoded.append('&').append(name).append('=').append(FormFields.encode(picked.group(1)));
                }
            }
            return FormFields.read(encoded.toString());
        }
    }

    /** Says who is there. */
    void say(String name, String then) throws IOException {
        post("/who", get("/who").form().with("name", name).with("then", then));
    }

    /** A category that a list offers. */
    String anyCategory(String review) throws IOException {
        Matcher found = CATEGORY.matcher(get(review).body());
        if (!found.find()) {
            throw new IOException("the studio's list offers no category");
        }
        return found.group(1);
    }

    Answer get(String path) throws IOException {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET().build());
    }

    Answer post(String path, FormFields form) throws IOException {
        String body = form.query().replaceFirst("^\\?", "");
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private Answer send(HttpRequest request) throws IOException {
        long start = System.nanoTime();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            long first = System.nanoTime();
            try (InputStream in = response.body()) {
                byte[] body = in.readAllBytes();
                long full = System.nanoTime();
                if (response.statusCode() >= 400) {
                    throw new IOException("the studio answered " + response.statusCode() + " to " + request.method()
                            + " " + request.uri().getPath() + reason(new String(body, StandardCharsets.UTF_8)));
                }
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Location").orElse(""),
                        new String(body, StandardCharsets.UTF_8),
                        first - start,
                        full - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the measurement was interrupted", e);
        }
    }

    /** What a page says of why nothing was done; empty where it says nothing. */
    private static String reason(String page) {
        Matcher said = REASON.matcher(page);
        return said.find() ? ": " + said.group() : "";
    }

    @Override
    public void close() {
        client.close();
    }
}
