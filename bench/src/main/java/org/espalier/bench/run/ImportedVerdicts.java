package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Trial;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;

/**
 * Verdicts that somebody else gave, a person or a program such as GuardRank: JSON lines with {@code id}, {@code sample}
 * (0 where absent) and {@code label}. What the benchmark's own rules decide is decided by them all the same.
 */
public final class ImportedVerdicts implements Bench {
    private final Benchmark benchmark;
    private final Path file;
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();

    public ImportedVerdicts(Benchmark benchmark, Path file) {
        this.benchmark = benchmark;
        this.file = file;
        Problems problems = new Problems(file);
        JsonLines.read(file, problems, line -> {
            String id = line.words("id");
            int sample = line.has("sample") ? line.integer("sample") : 0;
            String label = line.object().path("label").isIntegralNumber()
                    ? Integer.toString(line.integer("label"))
                    : line.words("label");
            if (line.sound() && labels.putIfAbsent(key(id, sample), label) != null) {
                line.wrong("id", "\"" + id + "\" has a verdict for sample " + sample + " already");
            }
            lines.put(key(id, sample), line.line());
        });
        problems.throwIfAny();
    }

    private static String key(String id, int sample) {
        return sample + " " + id;
    }

    @Override
    public List<JudgementLine> judge(List<Case> cases) {
        return cases.stream().map(this::judge).toList();
    }

    private JudgementLine judge(Case one) {
        if (one.reply() instanceof Reply.Failed failed) {
            return one.unanswered(failed);
        }
        String key = key(one.item().id(), one.sample());
        String label = labels.get(key);
        if (label != null && !benchmark.knows(one.item(), label)) {
            throw new org.espalier.core.InputException(
                    file + ", line " + lines.get(key) + ": \"" + label + "\" is no label of " + benchmark.name()
                            + " for question " + one.item().id());
        }
        if (label != null) {
            return one.ruled(Trial.settled(label, "imported"));
        }
        Trial own = one.reply() instanceof Reply.Said said
                ? benchmark.trial(one.item(), said.text())
                : new Trial.Unjudged(Mishap.UNANSWERED, "");
        return one.ruled(own instanceof Trial.Hearing ? new Trial.Unjudged(Mishap.NOT_IMPORTED, "") : own);
    }
}
