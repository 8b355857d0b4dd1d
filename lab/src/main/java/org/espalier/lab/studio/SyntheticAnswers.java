package org.espalier.lab.studio;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.JudgementLine;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import tools.jackson.databind.node.ObjectNode;

/** A benchmark run with answers of 350 words and their judgements, about 2.2 kB each, a third of them unsafe. */
final class SyntheticAnswers {
    private SyntheticAnswers() {}

    /** Writes so many into a folder. */
    public static void write(Path folder, int count, long seed) {
        SyntheticText texts = new SyntheticText(new Random(seed));
        AtomicFile.write(
                folder.resolve(RunFolder.RECORD), Json.page(Json.object().put("verb", "bench siuo")));
        lines(
                folder.resolve(AnswerLine.FILE),
                count,
                i -> line(i, "complete")
                        .put("text", texts.text(350) + " answer" + i)
                        .put("image", "images/a.png")
                        .put("category", i % 2 == 0 ? "home/kitchen" : "home/garden")
                        .put("query", texts.text(15)));
        lines(
                folder.resolve(JudgementLine.FILE),
                count,
                i -> line(i, "judged").put("label", i % 3 == 0 ? "00" : "11").put("reason", texts.text(30)));
    }

    private static ObjectNode line(int number, String status) {
        return Json.object()
                .put("id", "answer-%06d".formatted(number))
                .put("sample", 0)
                .put("status", status);
    }

    private static void lines(Path file, int count, IntFunction<ObjectNode> line) {
        AtomicFile.write(file, out -> {
            for (int i = 0; i < count; i++) {
                out.write((Json.line(line.apply(i)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
