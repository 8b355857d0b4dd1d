package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.files.LineReader;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Risk;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** {@code answers.jsonl}: what the model said (schema: {@code docs/schema/rsbench-answers.schema.json}). */
public final class AnswerFile {
    /** Its name in the folder of a run. */
    public static final String NAME = "answers.jsonl";

    private static final String COMPLETE = "complete";
    private static final String CUT_OFF = "cut-off";
    private static final String FAILED = "failed";

    private AnswerFile() {}

    /** Reads a file in order, an answer at a time. */
    static LineReader<Answer> reader(Path file) {
        return new LineReader<>(file, AnswerFile::read);
    }

    /** The answer in a line; what is wrong is noted there, and of an unsound line nothing but that is used. */
    public static Answer read(Fields line) {
        Asked asked = new Asked(
                line.words("id"),
                risk(line),
                line.words("category"),
                line.has("split") ? Optional.of(line.words("split")) : Optional.empty(),
                line.text("image"),
                line.text("query"));
        int sample = line.integer("sample");
        String status = line.text("status");
        List<String> steps = List.of();
        Reply reply = switch (status) {
            case COMPLETE, CUT_OFF -> {
                steps = line.texts("steps");
                if (line.sound() && steps.isEmpty()) {
                    line.wrong("steps", "is empty: what was said has at least one step");
                }
                yield new Reply.Said(line.text("text"), status.equals(COMPLETE));
            }
            case FAILED -> new Reply.Failed(line.text("reason"));
            default -> {
                line.wrong("status", "is \"" + status + "\": complete, cut-off and failed are known");
                yield new Reply.Failed("");
            }
        };
        return line.sound()
                ? new Answer(asked, sample, reply, steps)
                : new Answer(asked, sample, new Reply.Failed(""), List.of());
    }

    private static Risk risk(Fields line) {
        String label = line.text("risk");
        for (Risk risk : Risk.values()) {
            if (risk.label().equals(label)) {
                return risk;
            }
        }
        line.wrong("risk", "is \"" + label + "\": unsafe and safe are known");
        return Risk.UNSAFE;
    }

    /** One answer as a line of the file, without the line end. */
    static String line(Answer answer) {
        Asked asked = answer.asked();
        ObjectNode line = Json.object();
        line.put("id", asked.id()).put("sample", answer.sample());
        switch (answer.reply()) {
            case Reply.Said said -> {
                line.put("status", said.complete() ? COMPLETE : CUT_OFF).put("text", said.text());
                line.set("steps", Json.tree(answer.steps()));
            }
            case Reply.Failed failed -> line.put("status", FAILED).put("reason", failed.reason());
        }
        line.put("risk", asked.risk().label()).put("category", asked.category());
        asked.split().ifPresent(split -> line.put("split", split));
        return Json.line(line.put("image", asked.image()).put("query", asked.query()));
    }
}
