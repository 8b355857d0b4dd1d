package org.espalier.ssui.foreign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.PictureFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of training data, in any of the forms that are known by their fields: TRL ({@code prompt}, {@code chosen},
 * {@code rejected}, or {@code completion}, or {@code messages}), LLaMA-Factory's ShareGPT ({@code conversations}, with
 * {@code chosen} and {@code rejected} where it ranks), ms-swift ({@code messages}, {@code rejected_response}).
 */
final class ExampleReader {
    private final PictureFile pictures;
    private int moved;
    private int forbidden;

    ExampleReader(PictureFile pictures) {
        this.pictures = pictures;
    }

    /** Examples with a picture behind words, which is shown before them. */
    int moved() {
        return moved;
    }

    /** Rows whose terms forbid training, as exports of ours tell them. */
    int forbidden() {
        return forbidden;
    }

    /** The example of a row; what is wrong with it is noted there. */
    Optional<ForeignExample> read(Fields row) {
        try {
            ForeignExample example = read(row.object(), row.line());
            forbidden += row.object().path("training").asString("").equals("forbidden") ? 1 : 0;
            return Optional.of(example);
        } catch (InputException e) {
            row.wrong(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private ForeignExample read(ObjectNode row, long line) {
        if (row.path("label").isBoolean() && row.has("completion")) {
            throw new InputException("is a single answer with a label (KTO): pairs and examples are trained on here");
        }
        List<JsonNode> said = new ArrayList<>();
        JsonNode turns = row.has("conversations") ? row.path("conversations") : row.path("messages");
        if (turns.isArray()) {
            turns.forEach(said::add);
        } else if (row.path("prompt").isArray()) {
            row.path("prompt").forEach(said::add);
        } else if (row.path("prompt").isString()) {
            said.add(Json.object()
                    .put("role", "user")
                    .put("content", row.path("prompt").stringValue()));
        }
        Optional<String> rejected = answer(row, "rejected").or(() -> answer(row, "rejected_response"));
        Optional<String> chosen = answer(row, "chosen").or(() -> answer(row, "completion"));
        if (said.isEmpty()
                && row.path("chosen").isArray()
                && row.path("rejected").isArray()) {
            return implicit(row, line);
        }
        if (said.isEmpty()) {
            throw new InputException("is in no known form: it has neither prompt, messages nor conversations");
        }
        if (chosen.isEmpty() && (row.hasNonNull("chosen") || row.hasNonNull("completion"))) {
            throw new InputException("has a chosen answer that is not one assistant's turn");
        }
        if (chosen.isEmpty()) {
            chosen = ConversationReader.answer(said.removeLast());
        }
        return example(row, line, said, chosen, rejected);
    }

    /** TRL's pairs without a prompt: two conversations that are the same but for their last turn. */
    private ForeignExample implicit(ObjectNode row, long line) {
        List<JsonNode> better = new ArrayList<>();
        List<JsonNode> worse = new ArrayList<>();
        row.path("chosen").forEach(better::add);
        row.path("rejected").forEach(worse::add);
        if (better.size() < 2
                || better.size() != worse.size()
                || !better.subList(0, better.size() - 1).equals(worse.subList(0, worse.size() - 1))) {
            throw new InputException("has no prompt, and its two conversations differ before their last turn");
        }
        JsonNode rejected = worse.removeLast();
        JsonNode chosen = better.removeLast();
        return example(row, line, better, ConversationReader.answer(chosen), ConversationReader.answer(rejected));
    }

    private static Optional<String> answer(ObjectNode row, String field) {
        JsonNode value = row.path(field);
        boolean whole = value.isArray() && value.size() > 1;
        return value.isMissingNode() || value.isNull() || whole ? Optional.empty() : ConversationReader.answer(value);
    }

    private ForeignExample example(
            ObjectNode row, long line, List<JsonNode> said, Optional<String> chosen, Optional<String> rejected) {
        ConversationReader reader = new ConversationReader(pictures(row), said);
        List<Turn> prompt = said.stream().map(reader::turn).toList();
        moved += reader.moved() > 0 ? 1 : 0;
        if (prompt.isEmpty() || prompt.getLast().role() != Turn.Role.USER) {
            throw new InputException("has no user's turn before the answer");
        }
        String answer = chosen.filter(text -> !text.isBlank())
                .orElseThrow(() -> new InputException("has no answer of one assistant's turn to make likely"));
        if (rejected.filter(String::isBlank).isPresent() || row.hasNonNull("rejected") && rejected.isEmpty()) {
            throw new InputException("has a rejected answer that is not one assistant's turn of words");
        }
        String id = row.path("id").isValueNode() && !row.path("id").isNull()
                ? row.path("id").asString("")
                : "";
        return new ForeignExample(id.isBlank() ? "line " + line : id, prompt, answer, rejected);
    }

    private List<Path> pictures(ObjectNode row) {
        JsonNode named = row.hasNonNull("images") ? row.path("images") : row.path("image");
        List<Path> found = new ArrayList<>();
        List<JsonNode> names = new ArrayList<>();
        if (named.isArray()) {
            named.forEach(names::add);
        } else if (named.isString()) {
            names.add(named);
        }
        for (JsonNode name : names) {
            String path =
                    name.isString() ? name.stringValue() : name.path("path").asString("");
            switch (pictures.find(path)) {
                case PictureFile.Found.At(Path at) -> found.add(at);
                case PictureFile.Found.Not(String why) -> throw new InputException("names a picture: " + why);
            }
        }
        return found;
    }
}
