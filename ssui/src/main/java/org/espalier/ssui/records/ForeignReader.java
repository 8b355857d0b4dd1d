package org.espalier.ssui.records;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.core.file.PictureFile;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.DraftBounds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes drafts of records. Their own words are taken as they are: whoever reviews them writes the path out. */
final class ForeignReader {
    private final RecordSource source;
    private final CategoryMap categories;
    private final List<ForeignRecord> records = new ArrayList<>();
    private final List<Path> missing = new ArrayList<>();
    private final Map<String, String> placeOfId = new HashMap<>();
    private int left;
    /** The record that is being read, as people count them. */
    private String place = "";

    ForeignReader(RecordSource source) {
        this.source = source;
        this.categories = CategoryMap.of(source.kind());
    }

    /** {@code question_id, image, question, category, safety_warning, reference_answer}. */
    RecordSource.Reading siuo(JsonNode file) {
        int number = 0;
        for (JsonNode record : list(file, "the file")) {
            place = "record " + ++number;
            add(
                    record,
                    text(record, "question_id"),
                    "images/" + text(record, "image"),
                    text(record, "question"),
                    List.of(text(record, "safety_warning"), text(record, "reference_answer")),
                    Risk.UNSAFE,
                    text(record, "category"));
        }
        return reading();
    }

    /** {@code instruction_id, instruction, image_path, sub_category}, lately {@code image_description, safety_reason}. */
    RecordSource.Reading vlsbench(JsonNode file) {
        int number = 0;
        for (JsonNode record : list(file, "the file")) {
            place = "record " + ++number;
            if (record.path("image_description").asString("").isBlank()
                    || record.path("safety_reason").asString("").isBlank()) {
                left++;
                continue;
            }
            add(
                    record,
                    text(record, "instruction_id"),
                    text(record, "image_path"),
                    text(record, "instruction"),
                    List.of(text(record, "image_description"), text(record, "safety_reason")),
                    Risk.UNSAFE,
                    text(record, "sub_category"));
        }
        return reading();
    }

    /** {@code chat} and {@code embodied}: each query with an unsafe picture, and with a safe one. */
    RecordSource.Reading mssbench(JsonNode file) {
        int number = 0;
        for (JsonNode record : list(file.path("chat"), "'chat'")) {
            place = "record " + (number + 1) + " of 'chat'";
            int query = 0;
            for (JsonNode words : list(record.path("queries"), "'queries'")) {
                String id = "chat-" + number + "-" + query++;
                String asked = words.asString();
                String type = text(record, "Type");
                List<String> path = List.of(text(record, "unsafe_image"), text(record, "reason"));
                List<String> safe = List.of(text(record, "intent"), "Nothing in the picture speaks against it.");
                add(record, id, "chat/" + text(record, "unsafe_image_path"), asked, path, Risk.UNSAFE, type);
                add(record, id + "-safe", "chat/" + text(record, "safe_image_path"), asked, safe, Risk.SAFE, type);
            }
            number++;
        }
        number = 0;
        for (JsonNode record : list(file.path("embodied"), "'embodied'")) {
            place = "record " + (number + 1) + " of 'embodied'";
            String id = "embodied-" + number++;
            String type = text(record, "category");
            List<String> path = List.of(text(record, "task"), text(record, "observation_unsafe"));
            List<String> safe = List.of(text(record, "task"), text(record, "observation_safe"));
            String unsafeQuery = text(record, "unsafe_instruction");
            String safeQuery = text(record, "safe_instruction");
            add(record, id, "embodied/" + text(record, "unsafe"), unsafeQuery, path, Risk.UNSAFE, type);
            add(record, id + "-safe", "embodied/" + text(record, "safe"), safeQuery, safe, Risk.SAFE, type);
        }
        return reading();
    }

    private RecordSource.Reading reading() {
        return new RecordSource.Reading(records, left, missing);
    }

    private void add(
            JsonNode record, String id, String image, String query, List<String> steps, Risk risk, String category) {
        String earlier = placeOfId.putIfAbsent(id, place);
        if (earlier != null) {
            throw wrong("has the id \"" + id + "\" of " + earlier + ": give each record its own");
        }
        Path picture = source.folder().resolve(image);
        if (!Files.exists(picture) && image.startsWith("images/")) {
            picture = source.folder().resolve(image.substring("images/".length()));
        }
        if (!picture.normalize().startsWith(source.folder().normalize())) {
            throw wrong("names the picture " + image + ", which is not below " + source.folder());
        }
        if (!Files.isRegularFile(picture)) {
            missing.add(picture);
            return;
        }
        String name = source.folder().relativize(picture).toString().replace('\\', '/');
        if (new PictureFile(source.folder().resolve("records")).find(name)
                instanceof PictureFile.Found.Not(String why)) {
            throw wrong("names a picture that is not taken: " + why);
        }
        ObjectNode tag = Json.object();
        tag.set("record", record);
        if (!categories.knows(category)) {
            tag.put("unmapped_category", category);
        }
        ObjectNode provenance = Json.object()
                .put("source", source.kind().label())
                .put("file", String.valueOf(source.list().getFileName()))
                .put("record", place);
        try {
            Draft draft = new Draft(
                    source.kind().label() + "-" + id,
                    image,
                    query,
                    steps,
                    steps.getLast(),
                    risk,
                    categories.map(category),
                    tag,
                    provenance);
            DraftBounds.check(draft, (field, what) -> {
                throw new InputException("its " + field + " " + what);
            });
            records.add(new ForeignRecord(picture, draft));
        } catch (InputException e) {
            throw wrong("cannot become a draft: " + e.getMessage());
        }
    }

    private Iterable<JsonNode> list(JsonNode node, String what) {
        if (!node.isArray()) {
            throw new InputException(source.list() + ": " + what + " is not a list of records: is it a file of "
                    + source.kind().label() + "?");
        }
        return node;
    }

    private String text(JsonNode record, String field) {
        JsonNode value = record.path(field);
        if (!value.isValueNode() || value.asString("").isBlank()) {
            throw wrong("has no \"" + field + "\"");
        }
        return value.asString().strip();
    }

    private InputException wrong(String what) {
        return new InputException(source.list() + ", " + place + " " + what);
    }
}
