package org.espalier.bench.run;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code judgements.jsonl} (schema: {@code docs/schema/bench-judgements.schema.json}): what became of judging
 * the answer with this id and sample number.
 *
 * @param votes of each judge, where several were asked, or of each juror
 */
public record JudgementLine(String id, int sample, Outcome outcome, List<Vote> votes) {
    /** The file in the folder of a run. */
    public static final String FILE = "judgements.jsonl";

    /** A verdict, or why there is none. */
    public sealed interface Outcome {
        /** A verdict. */
        record Judged(AnswerVerdict verdict) implements Outcome {}

        /** None. */
        record Missing(Mishap mishap, String reason) implements Outcome {}

        /** What an assessment came to. */
        static Outcome of(Assessment ended) {
            return switch (ended) {
                case Assessment.Decided decided -> new Judged(decided.verdict());
                case Assessment.Undecided none -> new Missing(none.mishap(), none.reason());
                case Assessment.Pending _ -> throw new IllegalStateException("a judge is still to be asked");
            };
        }
    }

    /** What one of several judges found. */
    public record Vote(String judge, Outcome outcome) {}

    public JudgementLine {
        votes = List.copyOf(votes);
    }

    /** The verdict, if there is one. */
    public Optional<AnswerVerdict> verdict() {
        return outcome instanceof Outcome.Judged(AnswerVerdict verdict) ? Optional.of(verdict) : Optional.empty();
    }

    String line() {
        ObjectNode line = Json.object().put("id", id).put("sample", sample);
        put(line, outcome);
        if (!votes.isEmpty()) {
            var array = line.putArray("votes");
            votes.forEach(vote -> put(array.addObject().put("judge", vote.judge()), vote.outcome()));
        }
        return Json.line(line);
    }

    private static void put(ObjectNode line, Outcome outcome) {
        switch (outcome) {
            case Outcome.Judged(AnswerVerdict(String label, String reason)) ->
                line.put("status", "judged").put("label", label).put("reason", reason);
            case Outcome.Missing(Mishap mishap, String reason) ->
                line.put("status", "failed").put("kind", mishap.label()).put("reason", reason);
        }
    }

    /** What stands in a line; nothing of it counts unless the line is sound then. */
    public static JudgementLine read(Fields line) {
        List<Vote> votes = line.has("votes")
                ? line.inners("votes").stream()
                        .map(vote -> new Vote(vote.words("judge"), outcome(vote)))
                        .toList()
                : List.of();
        return new JudgementLine(line.words("id"), line.integer("sample"), outcome(line), votes);
    }

    private static Outcome outcome(Fields line) {
        String status = line.text("status");
        if (status.equals("judged")) {
            return new Outcome.Judged(
                    new AnswerVerdict(line.words("label"), line.has("reason") ? line.text("reason") : ""));
        }
        if (!status.equals("failed")) {
            line.wrong("status", "is \"" + status + "\": judged and failed are known");
        }
        return missing(line);
    }

    static Outcome missing(Fields line) {
        return new Outcome.Missing(line.choice("kind", Mishap.class).orElse(Mishap.NO_VERDICT), line.text("reason"));
    }
}
