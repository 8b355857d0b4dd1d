package org.espalier.studio.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;
import tools.jackson.databind.JsonNode;

/**
 * An answer of a benchmark run as people judge it. Benchmarks write further fields of their own; these all have.
 *
 * @param sample number of the answer to the question, from 0
 * @param image below the folder of the data; empty if none was shown
 * @param steps of the answer; the whole of it where it was not split
 */
record Answer(String id, int sample, String image, String query, List<String> steps) {
    /** The file in the folder of a run. */
    static final String FILE = "answers.jsonl";

    /** The answers of a file in order; those that the model failed to give are left out. */
    static List<Answer> read(Path file) {
        List<Answer> answers = new ArrayList<>();
        Problems problems = new Problems(file);
        JsonLines.read(file, problems, line -> {
            String id = line.words("id");
            JsonNode object = line.object();
            List<String> steps = object.path("steps").isArray()
                    ? object.path("steps").valueStream().map(JsonNode::asString).toList()
                    : List.of(object.path("text").asString(""));
            if (line.sound() && !object.path("status").asString("").equals("failed")) {
                answers.add(new Answer(
                        id,
                        object.path("sample").asInt(0),
                        object.path("image").asString(""),
                        object.path("query").asString(""),
                        steps));
            }
        });
        problems.throwIfAny();
        return List.copyOf(answers);
    }
}
