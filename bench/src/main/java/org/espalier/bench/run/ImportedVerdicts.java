package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;
import org.espalier.core.file.JsonLines;

/**
 * Verdicts that somebody else gave, a person or a program such as GuardRank: JSON lines with {@code id}, {@code sample}
 * (0 where absent), {@code label} and perhaps {@code reason}; a {@code judgements.jsonl} is such a file. What the
 * benchmark's own rules decide is decided by them all the same.
 */
public final class ImportedVerdicts implements Judge {
    private final Benchmark benchmark;
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /**
     * @throws org.espalier.core.InputException if a line is not of that form, an answer has two verdicts, or the label of
     *     a question in the set is none of the benchmark's
     */
    public ImportedVerdicts(Benchmark benchmark, QuestionSet set, Path file) {
        this.benchmark = benchmark;
        Map<String, BenchmarkItem> items = new HashMap<>();
        set.items().forEach(item -> items.put(item.id(), item));
        JsonLines.read(file, line -> {
            String id = line.words("id");
            int sample = line.has("sample") ? line.integer("sample") : 0;
            Outcome outcome = outcome(line);
            if (line.sound() && outcomes.putIfAbsent(key(id, sample), outcome) != null) {
                line.wrong("id", "\"" + id + "\" has a verdict for sample " + sample + " already");
            }
            BenchmarkItem item = items.get(id);
            if (line.sound()
                    && item != null
                    && outcome instanceof Outcome.Judged(AnswerVerdict verdict)
                    && !benchmark.knows(item.kind().category(), verdict.label())) {
                line.wrong(
                        "label", "is \"" + verdict.label() + "\", which is no label of " + benchmark.name() + " here");
            }
        });
    }

    private static Outcome outcome(Fields line) {
        if (line.has("status") && line.text("status").equals("failed")) {
            return JudgementLine.missing(line);
        }
        String label = line.object().path("label").isIntegralNumber()
                ? Integer.toString(line.integer("label"))
                : line.words("label");
        return new Outcome.Judged(new AnswerVerdict(label, line.has("reason") ? line.text("reason") : "imported"));
    }

    private static String key(String id, int sample) {
        return sample + " " + id;
    }

    @Override
    public List<JudgementLine> judge(List<Case> cases) {
        return cases.stream().map(this::judge).toList();
    }

    private JudgementLine judge(Case one) {
        Outcome outcome = outcomes.get(key(one.item().id(), one.sample()));
        if (outcome == null || !(one.reply() instanceof Reply.Said)) {
            Assessment own = one.begin(benchmark);
            return one.line(
                    own instanceof Assessment.Pending ? new Assessment.Undecided(Mishap.NOT_IMPORTED, "") : own);
        }
        boolean beyond = outcome instanceof Outcome.Judged(AnswerVerdict verdict)
                && benchmark.firstWrongStep(verdict.label()).orElse(0)
                        > one.steps().size();
        return new JudgementLine(
                one.item().id(),
                one.sample(),
                beyond ? new Outcome.Missing(Mishap.CONTRADICTION, "it names a step that the path has not") : outcome,
                List.of());
    }
}
