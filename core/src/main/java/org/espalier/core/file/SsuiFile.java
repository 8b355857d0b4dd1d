package org.espalier.core.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.espalier.core.InputException;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import tools.jackson.databind.node.ObjectNode;

/** {@code ssui.jsonl}: questions with their reference paths (schema: {@code docs/schema/ssui.schema.json}). */
public final class SsuiFile {
    private final Path file;
    private final PictureFile pictures;
    private final Map<String, Long> lineOfId = new HashMap<>();
    private final BiConsumer<Fields, SsuiSample> each;

    private SsuiFile(Path file, BiConsumer<Fields, SsuiSample> each) {
        this.file = file;
        this.pictures = new PictureFile(file);
        this.each = each;
    }

    /**
     * Reads a whole file.
     *
     * @return its samples in order, at least one
     * @throws InputException naming every line and field that is wrong (the first twenty)
     */
    public static List<SsuiSample> read(Path file) {
        List<SsuiSample> samples = new ArrayList<>();
        Problems problems = new Problems(file);
        each(file, problems, (line, sample) -> samples.add(sample));
        problems.throwIfAny();
        if (samples.isEmpty()) {
            throw new InputException(file + " holds no sample");
        }
        return List.copyOf(samples);
    }

    /**
     * Hands over the sound samples one by one, each with the line that it was read from, where more can be noted that is
     * wrong with it; what is wrong with the others is noted in {@code problems}.
     */
    public static void each(Path file, Problems problems, BiConsumer<Fields, SsuiSample> each) {
        JsonLines.read(file, problems, new SsuiFile(file, each)::take);
    }

    private void take(Fields line) {
        String id = line.words("id");
        String image = line.words("image");
        String query = line.words("query");
        List<String> steps = steps(line);
        String answer = line.words("answer");
        Risk risk = line.choice("risk", Risk.class).orElse(Risk.UNSAFE);
        String category = line.words("category");
        line.innerIfAny("tag");
        line.innerIfAny("provenance");
        checkId(line, id);
        refuseNul(line, "query", query);
        refuseNul(line, "answer", answer);
        steps.forEach(step -> refuseNul(line, "steps", step));
        Path picture = picture(line, image);
        if (line.sound()) {
            each.accept(
                    line,
                    new SsuiSample(
                            id,
                            image,
                            new Question(id, picture, query),
                            new ReasoningPath(steps),
                            answer,
                            risk,
                            category,
                            line.object()));
        }
    }

    private static List<String> steps(Fields line) {
        int so = line.object().path("steps").size();
        List<String> steps = line.texts("steps").stream().map(String::strip).toList();
        if (line.object().path("steps").isArray() && so == 0) {
            line.wrong("steps", "is empty: a reference path has at least one step");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).isEmpty()) {
                line.wrong("steps[" + i + "]", "is empty");
            }
        }
        return steps;
    }

    /** Databases and other programs end a text there. */
    private static void refuseNul(Fields line, String field, String text) {
        if (text.indexOf('\0') >= 0) {
            line.wrong(field, "holds the character \\u0000: take it out");
        }
    }

    private void checkId(Fields line, String id) {
        if (id.isBlank()) {
            return;
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            line.wrong("id", "holds a control character");
        }
        Long first = lineOfId.putIfAbsent(id, line.line());
        if (first != null) {
            line.wrong("id", "\"" + id + "\" stands in line " + first + " already: give each sample its own");
        }
    }

    private Path picture(Fields line, String image) {
        if (image.isBlank()) {
            return file;
        }
        return switch (pictures.find(image)) {
            case PictureFile.Found.At(Path at) -> at;
            case PictureFile.Found.Not(String why) -> {
                line.wrong("image", why);
                yield file;
            }
        };
    }

    /** Writes samples, each with all fields it was read with, whole or not at all. */
    public static void write(Path file, List<SsuiSample> samples) {
        AtomicFile.lines(file, samples.stream().map(sample -> Json.line(line(sample))));
    }

    private static ObjectNode line(SsuiSample sample) {
        ObjectNode line = Json.object();
        line.put("id", sample.id());
        line.put("image", sample.image());
        line.put("query", sample.question().query());
        line.set("steps", Json.tree(sample.reference().steps()));
        line.put("answer", sample.answer());
        line.put("risk", sample.risk().label());
        line.put("category", sample.category());
        sample.fields().properties().forEach(field -> {
            if (!line.has(field.getKey())) {
                line.set(field.getKey(), field.getValue());
            }
        });
        return line;
    }
}
