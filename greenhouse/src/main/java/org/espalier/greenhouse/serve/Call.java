package org.espalier.greenhouse.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.greenhouse.internal.picture.SceneLabel;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One request. Pictures are looked at and cut out before the JSON is read, so that a request of 100 kB costs little more
 * than one without.
 *
 * @param key names this request: the same for the same content
 * @param shown names of the things in the last picture; empty where there is none, or none of the greenhouse's
 * @param pictures how many there are
 */
record Call(String key, JsonNode body, Optional<List<String>> shown, int pictures) {
    private static final String MARK = ";base64,";
    /** Characters of base64 that hold a picture's label. */
    private static final int LOOK = 1024;

    private static final String DATA = "<<<data ";
    private static final String END = "<<<end ";

    /** @throws JacksonException if it is no JSON */
    static Call read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder rest = new StringBuilder();
        List<Optional<List<String>>> shown = new ArrayList<>();
        CRC32C crc = new CRC32C();
        int from = 0;
        for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, from)) {
            int start = mark + MARK.length();
            int end = text.indexOf('"', start);
            if (end < 0) {
                break;
            }
            rest.append(text, from, start);
            crc.update(bytes, start, end - start);
            shown.add(look(bytes, start, end));
            from = end;
        }
        rest.append(text, from, text.length());
        byte[] without = rest.toString().getBytes(StandardCharsets.ISO_8859_1);
        JsonNode body = Json.parse(new String(without, StandardCharsets.UTF_8));
        String key =
                Sha256.of(rest.append(' ').append(crc.getValue()).toString()).substring(0, 32);
        return new Call(key, body, shown.isEmpty() ? Optional.empty() : shown.getLast(), shown.size());
    }

    private static Optional<List<String>> look(byte[] bytes, int start, int end) {
        int length = Math.min(end - start, LOOK) / 4 * 4;
        byte[] some = new byte[length];
        System.arraycopy(bytes, start, some, 0, length);
        try {
            return SceneLabel.read(Base64.getDecoder().decode(some));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Who is meant to speak: the name of the schema, else what the first line of the system's turn says. */
    String role() {
        String name =
                body.path("response_format").path("json_schema").path("name").asString("");
        if (!name.isEmpty()) {
            return name;
        }
        String first = turns("system").lines().findFirst().orElse("");
        return first.startsWith("You are the ") && first.contains(" agent")
                ? first.substring("You are the ".length(), first.indexOf(" agent"))
                : "";
    }

    /** The JSON Schema that the answer is to follow; an empty object where none was sent. */
    JsonNode schema() {
        JsonNode schema = body.path("response_format").path("json_schema").path("schema");
        return schema.isObject() ? schema : Json.object();
    }

    /** The data that stand fenced in a user's turn; an empty object where there are none. */
    JsonNode data() {
        String text = turns("user");
        int start = text.indexOf(DATA);
        int line = start < 0 ? -1 : text.indexOf('\n', start);
        int end = line < 0 ? -1 : text.indexOf('\n' + END, line);
        if (end < 0) {
            return Json.object();
        }
        try {
            return Json.parse(text.substring(line + 1, end));
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    /** The mark of the fence around the data; empty where there is none. */
    String mark() {
        String text = turns("user");
        int start = text.indexOf(DATA);
        int end = start < 0 ? -1 : text.indexOf(">>>", start);
        return end < 0 ? "" : text.substring(start + DATA.length(), end);
    }

    /** One turn. */
    record Said(String role, String text) {}

    /** All turns in order. */
    List<Said> conversation() {
        List<Said> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            StringBuilder said = new StringBuilder();
            JsonNode content = message.path("content");
            if (content.isString()) {
                said.append(content.stringValue()).append('\n');
            }
            content.forEach(part -> {
                if (part.path("text").isString()) {
                    said.append(part.path("text").stringValue()).append('\n');
                }
            });
            turns.add(new Said(message.path("role").asString(""), said.toString()));
        }
        return turns;
    }

    /** What one side said, its turns with line ends between. */
    String turns(String role) {
        return conversation().stream()
                .filter(turn -> turn.role().equals(role))
                .map(Said::text)
                .collect(Collectors.joining());
    }

    double temperature() {
        return body.path("temperature").asDouble(0);
    }
}
