package org.espalier.model.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.TextFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code tokenizer.json} says: byte pairs over the letters of bytes, and tokens added to them.
 *
 * @param pairs ids by token, in letters of bytes
 * @param added tokens by their text
 * @param composes whether texts are brought to NFC first
 * @param encoder of ordinary texts
 */
record TokenizerFile(
        Map<String, Integer> pairs, Map<String, AddedToken> added, boolean composes, BytePairEncoder encoder) {
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_IDS = 1 << 22;
    /** UTF-16 units; at each place of a text so many are looked at. */
    private static final int LONGEST_ADDED = 256;

    static TokenizerFile read(Path file) {
        String text;
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw new InputException(file + " is larger than any tokenizer: give the folder of a checkpoint");
            }
            text = TextFile.read(file);
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
        boolean composes = named(file, root, "normalizer", "NFC");
        named(file, root, "decoder", "ByteLevel");
        if (model.path("dropout").asDouble(0) != 0) {
            throw new InputException(file + " leaves out merges by chance (dropout), so that no text has tokens of its"
                    + " own: set model.dropout to null");
        }
        Set<Integer> seen = new HashSet<>();
        Map<String, Integer> pairs = new LinkedHashMap<>();
        vocab.properties()
                .forEach(entry -> pairs.put(entry.getKey(), id(file, entry.getKey(), entry.getValue(), seen)));
        Map<String, AddedToken> added = new LinkedHashMap<>();
        for (JsonNode one : root.path("added_tokens")) {
            String content = content(file, one);
            Integer learned = pairs.remove(content);
            if (learned != null) {
                seen.remove(learned);
                vocab.remove(content);
            }
            int id = id(file, content, one.path("id"), seen);
            if (added.put(content, added(file, content, id, one)) != null || (learned != null && learned != id)) {
                throw new InputException(file + " gives the token " + shown(content) + " two ids: download it again");
            }
        }
        return new TokenizerFile(pairs, added, composes, encoder(file, root.path("pre_tokenizer"), model, pairs));
    }

    /**
     * Whether a part of the file is there.
     *
     * @throws InputException if it is another one than the known
     */
    private static boolean named(Path file, JsonNode root, String part, String known) {
        JsonNode given = root.path(part);
        if (given.isMissingNode() || given.isNull()) {
            return false;
        }
        String type = given.path("type").asString("");
        if (!type.equals(known)) {
            throw new InputException(file + " asks for the " + part + " "
                    + (type.isEmpty() ? "of no type" : shown(type)) + "; Espalier knows " + known + " or none");
        }
        return true;
    }

    private static String content(Path file, JsonNode added) {
        String content = added.path("content").asString("");
        if (content.isEmpty()) {
            throw new InputException(file + " has an added token without content: download it again");
        }
        if (content.length() > LONGEST_ADDED || content.codePoints().anyMatch(TokenizerFile::isHalf)) {
            throw new InputException(file + " has the added token " + shown(content) + ", which is longer than "
                    + LONGEST_ADDED + " characters or holds half a character: download it again");
        }
        return content;
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    private static AddedToken added(Path file, String content, int id, JsonNode said) {
        boolean special = flag(file, said, "special", false);
        return new AddedToken(
                content,
                id,
                special,
                flag(file, said, "lstrip", false),
                flag(file, said, "rstrip", false),
                flag(file, said, "single_word", false),
                flag(file, said, "normalized", !special));
    }

    private static boolean flag(Path file, JsonNode said, String name, boolean otherwise) {
        JsonNode given = said.path(name);
        if (!given.isMissingNode() && !given.isNull() && !given.isBoolean()) {
            throw new InputException(file + " has " + name + " " + shown(given.toString())
                    + " where true or false is needed: download it again");
        }
        return given.asBoolean(otherwise);
    }

    private static BytePairEncoder encoder(Path file, JsonNode before, ObjectNode model, Map<String, Integer> pairs) {
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            JsonNode given = model.path(affix);
            if (!given.isMissingNode()
                    && !given.isNull()
                    && !(given.isString() && given.stringValue().isEmpty())) {
                throw new InputException(file + " marks parts of words (" + affix
                        + "): it is not a byte-level tokenizer such as Qwen's or LLaMA 3's");
            }
        }
        int[] bytes = new int[256];
        for (int b = 0; b < bytes.length; b++) {
            bytes[b] = pairs.getOrDefault(ByteLetters.of(b), -1);
        }
        long letters = Arrays.stream(bytes).filter(id -> id >= 0).count();
        if (letters < bytes.length) {
            throw new InputException(file + " has tokens for " + letters
                    + " of the 256 bytes, so that some texts could not be written: it is not a byte-level tokenizer");
        }
        boolean wholeWords = flag(file, model, "ignore_merges", false);
        Map<Long, BytePairEncoder.Merge> merges = merges(file, model.path("merges"), pairs, wholeWords);
        return new BytePairEncoder(
                BytePairEncoder.compiled(words(file, before)), bytes, merges, wholeWords ? pairs : Map.of());
    }

    /** The expression that cuts texts into words: the pre-tokenizer's, which is byte-level. */
    private static String words(Path file, JsonNode pre) {
        JsonNode last = pre;
        String expression = BytePairEncoder.BYTE_LEVEL;
        boolean known = true;
        if (pre.path("type").asString("").equals("Sequence")) {
            JsonNode parts = pre.path("pretokenizers");
            JsonNode split = parts.path(0);
            last = parts.path(1);
            expression = split.path("pattern").path("Regex").asString("");
            known = parts.size() == 2
                    && split.path("type").asString("").equals("Split")
                    && split.path("behavior").asString("").equals("Isolated")
                    && !flag(file, split, "invert", false)
                    && !flag(file, last, "use_regex", true);
        } else {
            known = flag(file, last, "use_regex", true);
        }
        if (!known
                || !last.path("type").asString("").equals("ByteLevel")
                || flag(file, last, "add_prefix_space", true)
                || !BytePairEncoder.knows(expression)) {
            throw new InputException(file + " cuts texts into words in a way that Espalier does not know"
                    + " (pre_tokenizer): it reads the tokenizers of Qwen2, Qwen2.5, LLaMA 3 and GPT-2");
        }
        return expression;
    }

    private static Map<Long, BytePairEncoder.Merge> merges(
            Path file, JsonNode list, Map<String, Integer> pairs, boolean wholeWords) {
        Map<Long, BytePairEncoder.Merge> merges = new HashMap<>();
        Set<Integer> made = new HashSet<>();
        int rank = 0;
        for (JsonNode merge : list) {
            String joined = merge.asString("");
            int blank = joined.indexOf(' ');
            String left = merge.isArray() ? merge.path(0).asString("") : joined.substring(0, Math.max(0, blank));
            String right = merge.isArray() ? merge.path(1).asString("") : joined.substring(blank + 1);
            Integer first = pairs.get(left);
            Integer second = pairs.get(right);
            Integer both = pairs.get(left + right);
            if (first == null || second == null || both == null) {
                throw new InputException(file + " merges " + shown(left) + " and " + shown(right)
                        + ", which are no tokens, or do not make one: download it again");
            }
            merges.put(BytePairEncoder.pair(first, second), new BytePairEncoder.Merge(rank++, both));
            made.add(both);
        }
        long unmade = pairs.entrySet().stream()
                .filter(token -> token.getKey().length() > 1 && !made.contains(token.getValue()))
                .count();
        if (unmade > 0 && !wholeWords) {
            throw new InputException(file + " has " + unmade
                    + " tokens that no merge makes, so that texts would get other tokens than the model was trained"
                    + " on: download it again");
        }
        return merges;
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
