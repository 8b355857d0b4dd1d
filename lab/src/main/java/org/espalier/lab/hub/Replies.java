package org.espalier.lab.hub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;

/** What the hub answers with. */
final class Replies {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})-(\\d{0,15})");

    private Replies() {}

    static JsonNode body(HttpExchange exchange) throws IOException {
        return Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    static void json(HttpExchange exchange, int status, JsonNode value) throws IOException {
        byte[] bytes = Json.line(value).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void refuse(HttpExchange exchange, int status, String code, String said) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", code);
        exchange.getResponseHeaders().set("X-Error-Message", said.replaceAll("[^ -~]", "?"));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            json(exchange, status, Json.object().put("error", said));
        }
    }

    /**
     * Sends a file, or the part of it that is asked for.
     *
     * @param broken only half of it, before the connection ends
     */
    static void file(HttpExchange exchange, Path file, boolean broken) throws IOException {
        long all = Files.size(file);
        Matcher range =
                RANGE.matcher(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                        .orElse(""));
        boolean part = range.matches();
        long from = part ? Long.parseLong(range.group(1)) : 0;
        long to = part && !range.group(2).isEmpty() ? Math.min(all, Long.parseLong(range.group(2)) + 1) : all;
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (part && from >= to) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + all);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (part) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + all);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(to - from));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(part ? 206 : 200, to == from ? -1 : to - from);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            send(in, exchange.getResponseBody(), broken ? (to - from) / 2 : to - from);
        }
    }

    private static void send(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] piece = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int n = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (n < 0) {
                return;
            }
            out.write(piece, 0, n);
            left -= n;
        }
        out.flush();
    }
}
