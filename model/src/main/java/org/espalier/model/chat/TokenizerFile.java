package org.espalier.model.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code tokenizer.json} says: byte pairs over the letters of bytes, and tokens added to them.
 *
 * @param pairs ids by token, in letters of bytes
 * @param special ids of the control tokens, by their text
 * @param plain ids of the added tokens that are text like any other
 * @param composes whether texts are brought to NFC first
 * @param json the file without its added tokens, so that no text can become one, and without its normalizer
 */
record TokenizerFile(
        Map<String, Integer> pairs,
        Map<String, Integer> special,
        Map<String, Integer> plain,
        boolean composes,
        String json) {
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_IDS = 1 << 22;

    static TokenizerFile read(Path file) {
        String text;
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw new InputException(file + " is larger than any tokenizer: give the folder of a checkpoint");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        try {
            return of(file, Json.parse(text));
        } catch (JacksonException e) {
            throw new InputException(
                    file + " is not a whole tokenizer file (not JSON to its end): download it again", e);
        }
    }

    private static TokenizerFile of(Path file, JsonNode root) {
        if (!(root instanceof ObjectNode given)
                || !(root.path("model") instanceof ObjectNode model)
                || !(model.path("vocab") instanceof ObjectNode vocab)
                || !model.path("type").asString("").equals("BPE")) {
            throw new InputException(
                    file + " holds no byte-pair tokenizer (model.type BPE): Espalier reads those of Qwen and LLaMA 3");
        }
        String normalizer = root.path("normalizer").path("type").asString("");
        if (!normalizer.isEmpty() && !normalizer.equals("NFC")) {
            throw new InputException(file + " asks for the normalizer " + normalizer + "; Espalier knows NFC or none");
        }
        Set<Integer> seen = new HashSet<>();
        Map<String, Integer> pairs = new LinkedHashMap<>();
        vocab.properties()
                .forEach(entry -> pairs.put(entry.getKey(), id(file, entry.getKey(), entry.getValue(), seen)));
        Map<String, Integer> special = new LinkedHashMap<>();
        Map<String, Integer> plain = new LinkedHashMap<>();
        for (JsonNode added : root.path("added_tokens")) {
            String content = added.path("content").asString("");
            if (content.isEmpty()) {
                throw new InputException(file + " has an added token without content: download it again");
            }
            Integer learned = pairs.remove(content);
            if (learned != null) {
                seen.remove(learned);
                vocab.remove(content);
            }
            int id = id(file, content, added.path("id"), seen);
            (added.path("special").asBoolean(false) ? special : plain).put(content, id);
        }
        given.putArray("added_tokens");
        for (String unused : new String[] {"truncation", "padding", "normalizer", "post_processor"}) {
            given.putNull(unused);
        }
        // Dropout would encode the same text differently each time.
        model.putNull("dropout");
        return new TokenizerFile(pairs, special, plain, !normalizer.isEmpty(), Json.line(given));
    }

    private static int id(Path file, String token, JsonNode value, Set<Integer> seen) {
        if (!value.isInt() || value.asInt() < 0 || value.asInt() >= MOST_IDS) {
            throw new InputException(file + " gives the token " + shown(token) + " the id " + value
                    + ", which is no number from 0 to " + (MOST_IDS - 1));
        }
        if (!seen.add(value.asInt())) {
            throw new InputException(file + " gives the id " + value + " to two tokens, one of them " + shown(token));
        }
        return value.asInt();
    }

    private static String shown(String token) {
        return '"' + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + '"';
    }
}
