package org.espalier.bench.run;

import org.espalier.bench.suite.Item;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code answers.jsonl} (schema: {@code docs/schema/bench-answers.schema.json}).
 *
 * @param sample number of the answer drawn for the question, from 0
 * @param cell as the benchmark counts the question
 * @param image below the data
 */
public record AnswerLine(String id, int sample, Reply reply, String cell, String image, String query) {
    /** The file in the folder of a run. */
    public static final String FILE = "answers.jsonl";

    static AnswerLine of(Item item, int sample, Reply reply) {
        return new AnswerLine(item.id(), sample, reply, item.cell(), item.image(), item.query());
    }

    String line() {
        ObjectNode line = Json.object().put("id", id).put("sample", sample);
        switch (reply) {
            case Reply.Said said ->
                line.put("status", said.complete() ? "complete" : "cut-off").put("text", said.text());
            case Reply.Failed failed -> line.put("status", "failed").put("reason", failed.reason());
        }
        return Json.line(line.put("cell", cell).put("image", image).put("query", query));
    }

    /** What stands in a line; nothing of it counts unless the line is sound then. */
    public static AnswerLine read(Fields line) {
        String status = line.text("status");
        Reply reply = switch (status) {
            case "complete", "cut-off" -> new Reply.Said(line.text("text"), status.equals("complete"));
            case "failed" -> new Reply.Failed(line.text("reason"));
            default -> {
                line.wrong("status", "is \"" + status + "\": complete, cut-off and failed are known");
                yield new Reply.Failed("");
            }
        };
        return new AnswerLine(
                line.words("id"),
                line.integer("sample"),
                reply,
                line.text("cell"),
                line.text("image"),
                line.text("query"));
    }
}
