package org.espalier.bench.run;

import java.util.List;
import java.util.Locale;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.suite.Trial;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code judgements.jsonl} (schema: {@code docs/schema/bench-judgements.schema.json}): what became of judging
 * the answer with this id and sample number.
 *
 * @param votes of each judge, where several were asked, or of each juror
 */
public record JudgementLine(String id, int sample, Ruling ruling, List<Vote> votes) {
    /** The file in the folder of a run. */
    public static final String FILE = "judgements.jsonl";

    /** A verdict, or why there is none. */
    public sealed interface Ruling {
        /** A verdict. */
        record Given(Verdict verdict) implements Ruling {}

        /** None. */
        record Missing(Mishap mishap, String reason) implements Ruling {}

        /** The end of a trial as a ruling. */
        static Ruling of(Trial ended) {
            return switch (ended) {
                case Trial.Settled settled -> new Given(settled.verdict());
                case Trial.Unjudged none -> new Missing(none.mishap(), none.reason());
                case Trial.Hearing _ -> throw new IllegalStateException("the trial goes on");
            };
        }
    }

    /** What one of several judges found. */
    public record Vote(String judge, Ruling ruling) {}

    public JudgementLine {
        votes = List.copyOf(votes);
    }

    String line() {
        ObjectNode line = Json.object().put("id", id).put("sample", sample);
        put(line, ruling);
        if (!votes.isEmpty()) {
            var array = line.putArray("votes");
            votes.forEach(vote -> put(array.addObject().put("judge", vote.judge()), vote.ruling()));
        }
        return Json.line(line);
    }

    private static void put(ObjectNode line, Ruling ruling) {
        switch (ruling) {
            case Ruling.Given(Verdict(String label, String reason)) ->
                line.put("status", "judged").put("label", label).put("reason", reason);
            case Ruling.Missing(Mishap mishap, String reason) ->
                line.put("status", "failed").put("kind", mishap.label()).put("reason", reason);
        }
    }

    /** What stands in a line; nothing of it counts unless the line is sound then. */
    public static JudgementLine read(Fields line) {
        List<Vote> votes = line.has("votes")
                ? line.inners("votes").stream()
                        .map(vote -> new Vote(vote.words("judge"), ruling(vote)))
                        .toList()
                : List.of();
        return new JudgementLine(line.words("id"), line.integer("sample"), ruling(line), votes);
    }

    private static Ruling ruling(Fields line) {
        String status = line.text("status");
        if (status.equals("judged")) {
            return new Ruling.Given(new Verdict(line.words("label"), line.has("reason") ? line.text("reason") : ""));
        }
        if (!status.equals("failed")) {
            line.wrong("status", "is \"" + status + "\": judged and failed are known");
        }
        String kind = line.text("kind");
        for (Mishap mishap : Mishap.values()) {
            if (mishap.label().equals(kind)) {
                return new Ruling.Missing(mishap, line.text("reason"));
            }
        }
        line.wrong("kind", "is \"" + kind.toLowerCase(Locale.ROOT) + "\", which is not known");
        return new Ruling.Missing(Mishap.NO_VERDICT, "");
    }
}
