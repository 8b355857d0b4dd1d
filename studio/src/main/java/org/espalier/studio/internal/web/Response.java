package org.espalier.studio.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.report.draw.Html;

/** What a browser gets. */
public record Response(int status, String type, byte[] body, Map<String, String> headers) {
    private static final String KEPT = "Cache-Control";

    public static Response page(Html html) {
        return page(200, html);
    }

    public static Response page(int status, Html html) {
        StringBuilder out = new StringBuilder(1 << 14).append("<!doctype html>\n");
        html.write(out);
        return new Response(
                status,
                "text/html; charset=utf-8",
                out.toString().getBytes(StandardCharsets.UTF_8),
                Map.of(KEPT, "no-store"));
    }

    /** Sends the browser elsewhere on this site, to look and not to send again. */
    public static Response to(String address) {
        return new Response(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", address));
    }

    /** Something that stays as it is for a while. */
    public static Response kept(String type, byte[] body, int seconds) {
        return new Response(200, type, body, Map.of(KEPT, "private, max-age=" + seconds));
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, type, body, more);
    }
}
