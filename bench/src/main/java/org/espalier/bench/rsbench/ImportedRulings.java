package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.judge.Mishap;
import org.espalier.core.Arbiter;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;

/** Verdicts that somebody else gave, in the form of {@code judgements.jsonl}. */
public final class ImportedRulings implements Arbiter {
    private static final Judgement NONE = new Judgement.Failed(Mishap.NOT_IMPORTED.words());

    private final Map<String, Judgement> byPath = new HashMap<>();

    /** @throws org.espalier.core.InputException if a line is not of that form, or a path has two verdicts */
    public ImportedRulings(Path file) {
        try (LineReader<Ruling> rulings = JudgementFile.reader(file)) {
            for (Optional<Ruling> next = rulings.next(); next.isPresent(); next = rulings.next()) {
                Ruling ruling = next.get();
                if (byPath.putIfAbsent(key(ruling.id(), ruling.sample()), ruling.judgement()) != null) {
                    throw rulings.stranger("judges sample " + ruling.sample() + " of question \"" + ruling.id()
                            + "\", which has a verdict in an earlier line already");
                }
            }
        }
    }

    @Override
    public Judgement judge(SsuiSample sample, ReasoningPath path) {
        return judgement(new Case(sample, path));
    }

    @Override
    public List<Judgement> judgeAll(List<Case> cases) {
        return cases.stream().map(this::judgement).toList();
    }

    private Judgement judgement(Case one) {
        Judgement said = byPath.getOrDefault(key(one.sample().id(), one.number()), NONE);
        boolean beyond = said instanceof Judgement.Judged judged
                && judged.firstWrongStep().orElse(0) > one.path().steps().size();
        return beyond
                ? new Judgement.Failed(Mishap.CONTRADICTION.words() + ": it names a step that the path has not")
                : said;
    }

    private static String key(String id, int number) {
        return number + " " + id;
    }
}
