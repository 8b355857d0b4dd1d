package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.run.Agreement;
import org.espalier.bench.run.PanelAgreement;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.InputException;

/** Makes every figure out of {@code answers.jsonl} and {@code judgements.jsonl}, and nothing else. */
public final class Recount {
    private Recount() {}

    /** The figures of the run in a folder. */
    public static Results of(Path folder, Bootstrap bootstrap) {
        return RunCounts.of(paths(folder)).results(bootstrap, agreements(folder.resolve(JudgementFile.NAME)));
    }

    private static List<Agreement> agreements(Path judgements) {
        PanelAgreement panel = new PanelAgreement();
        JudgementFile.each(judgements, ruling -> {
            List<PanelAgreement.Said> said = new ArrayList<>();
            ruling.votes().forEach(vote -> {
                if (vote.judgement() instanceof Judged judged) {
                    said.add(new PanelAgreement.Said(vote.judge(), judged.safe() + " " + judged.effective()));
                }
            });
            panel.add(said);
        });
        return panel.list();
    }

    /**
     * The answers of a run with their judgements, read line by line each time.
     *
     * @return throws {@link InputException} where the two files do not belong together line by line
     */
    public static ScoredPaths paths(Path folder) {
        return take -> {
            try (LineReader<Answer> answers = AnswerFile.reader(folder.resolve(AnswerFile.NAME));
                    LineReader<Ruling> rulings = JudgementFile.reader(folder.resolve(JudgementFile.NAME))) {
                each(folder, answers, rulings, take);
            }
        };
    }

    private static void each(
            Path folder, LineReader<Answer> answers, LineReader<Ruling> rulings, Consumer<ScoredPath> take) {
        Map<String, SampleNumbers> seen = new HashMap<>();
        Optional<Answer> answer = answers.next();
        Optional<Ruling> ruling = rulings.next();
        long count = 0;
        for (; answer.isPresent() && ruling.isPresent(); count++) {
            checkSame(answer.get(), ruling.get(), rulings);
            Answer one = answer.get();
            if (!seen.computeIfAbsent(one.asked().id(), _ -> new SampleNumbers())
                    .add(one.sample())) {
                throw answers.stranger("repeats sample " + one.sample() + " of question \""
                        + one.asked().id() + "\", which stands in an earlier line already; remove one of the two");
            }
            take.accept(new ScoredPath(one, ruling.get().judgement()));
            answer = answers.next();
            ruling = rulings.next();
        }
        if (answer.isPresent() || ruling.isPresent()) {
            throw new InputException(folder.resolve(AnswerFile.NAME) + " has " + (count + rest(answer, answers))
                    + " answers and " + JudgementFile.NAME + " " + (count + rest(ruling, rulings))
                    + " judgements: repeat the command that began this run, it goes on where it stopped");
        }
    }

    private static <T> long rest(Optional<T> next, LineReader<T> lines) {
        long rest = 0;
        for (Optional<T> one = next; one.isPresent(); one = lines.next()) {
            rest++;
        }
        return rest;
    }

    static void checkSame(Answer answer, Ruling ruling, LineReader<Ruling> rulings) {
        if (!answer.asked().id().equals(ruling.id()) || answer.sample() != ruling.sample()) {
            throw rulings.stranger("judges sample " + ruling.sample() + " of question \"" + ruling.id() + "\" where "
                    + AnswerFile.NAME + " has sample " + answer.sample() + " of question \""
                    + answer.asked().id() + "\": the two files are not of one run");
        }
    }
}
