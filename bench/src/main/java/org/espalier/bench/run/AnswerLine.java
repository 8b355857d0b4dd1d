package org.espalier.bench.run;

import java.util.List;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.text.Thinking;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code answers.jsonl} (schema: {@code docs/schema/bench-answers.schema.json}): all that counting needs to know
 * of an answer and its question.
 *
 * @param sample number of the answer drawn for the question, from 0
 * @param steps of what was said, where answers are paths: at least one; else none
 * @param unit as {@link BenchmarkItem#unit}
 * @param cluster as {@link BenchmarkItem#cluster}
 * @param image below the data
 */
public record AnswerLine(
        String id,
        int sample,
        Reply reply,
        List<String> steps,
        String unit,
        String cluster,
        QuestionKind kind,
        String image,
        String query) {
    /** The file in the folder of a run. */
    public static final String FILE = "answers.jsonl";

    private static final String COMPLETE = "complete";
    private static final String CUT_OFF = "cut-off";
    private static final String BLOCKED = "blocked";
    private static final String FAILED = "failed";

    public AnswerLine {
        steps = List.copyOf(steps);
    }

    static AnswerLine of(BenchmarkItem item, int sample, Reply reply, List<String> steps) {
        return new AnswerLine(
                item.id(), sample, reply, steps, item.unit(), item.cluster(), item.kind(), item.image(), item.query());
    }

    /** Whether it answers this question, and is counted as this question is. */
    boolean answers(BenchmarkItem item, int number) {
        return equals(of(item, number, reply, steps));
    }

    /** Whether the token budget cut it off. It is judged all the same: it is what the model says. */
    public boolean cutOff() {
        return reply instanceof Reply.Said said && !said.complete();
    }

    /** Whether it has its verdict without any judge: a rule of the benchmark's gives it, or there is no answer to judge. */
    boolean ruled(Benchmark benchmark) {
        return !(Convention.OURS.judged(reply) instanceof Reply.Said said)
                || benchmark.ruled(kind.category(), said.text());
    }

    String line() {
        ObjectNode line = Json.object().put("id", id).put("sample", sample);
        switch (reply) {
            case Reply.Said said -> {
                Thinking parted = Thinking.of(said.text());
                line.put("status", said.complete() ? COMPLETE : CUT_OFF)
                        .put("text", parted.thoughts().isEmpty() ? said.text() : parted.answer());
                if (!parted.thoughts().isEmpty()) {
                    line.put("thinking", parted.thoughts()).put("thinking_apart", parted.apart());
                }
            }
            case Reply.Failed failed -> line.put("status", FAILED).put("reason", failed.reason());
            case Reply.Blocked blocked -> line.put("status", BLOCKED).put("reason", blocked.reason());
        }
        if (!steps.isEmpty()) {
            line.set("steps", Json.tree(steps));
        }
        if (!unit.equals(id)) {
            line.put("unit", unit);
        }
        if (!cluster.equals(unit)) {
            line.put("cluster", cluster);
        }
        kind.into(line);
        return Json.line(line.put("image", image).put("query", query));
    }

    /** What stands in a line; nothing of it counts unless the line is sound then. */
    public static AnswerLine read(Fields line) {
        String id = line.words("id");
        int sample = line.integer("sample");
        Reply reply = reply(line, line.text("status"));
        List<String> steps = line.has("steps") ? line.texts("steps") : List.of();
        if (line.has("steps") && line.sound() && steps.isEmpty()) {
            line.wrong("steps", "is empty: what was said has at least one step");
        }
        String unit = line.has("unit") ? line.words("unit") : id;
        String cluster = line.has("cluster") ? line.text("cluster") : unit;
        return new AnswerLine(
                id,
                sample,
                reply,
                steps,
                unit,
                cluster,
                QuestionKind.read(line),
                line.text("image"),
                line.text("query"));
    }

    private static String said(Fields line) {
        return line.has("thinking")
                ? new Thinking(
                                line.text("thinking"),
                                line.text("text"),
                                line.has("thinking_apart") && line.flag("thinking_apart"))
                        .text()
                : line.text("text");
    }

    static Reply reply(Fields line, String status) {
        return switch (status) {
            case COMPLETE, CUT_OFF -> new Reply.Said(said(line), status.equals(COMPLETE));
            case FAILED -> new Reply.Failed(line.text("reason"));
            case BLOCKED -> new Reply.Blocked(line.text("reason"));
            default -> {
                line.wrong("status", "is \"" + status + "\": complete, cut-off, blocked and failed are known");
                yield new Reply.Failed("");
            }
        };
    }
}
