package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Sha256;

/** Whether two runs have the same answers where they have the same questions. */
public final class SharedAnswers {
    private SharedAnswers() {}

    /** How many answers of {@code other} are not what {@code run} holds for the same question and sample. */
    public static long differing(Path run, Path other) {
        Map<String, String> here = hashes(run.resolve(AnswerLine.FILE));
        return hashes(other.resolve(AnswerLine.FILE)).entrySet().stream()
                .filter(answer ->
                        !here.getOrDefault(answer.getKey(), answer.getValue()).equals(answer.getValue()))
                .count();
    }

    private static Map<String, String> hashes(Path file) {
        Map<String, String> hashes = new HashMap<>();
        JsonLines.read(
                file,
                line -> hashes.put(
                        line.words("id") + " " + line.integer("sample"),
                        Sha256.of(line.object().path("text").asString(""))));
        return hashes;
    }
}
