package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.InputException;

/** Makes every figure out of {@code answers.jsonl} and {@code judgements.jsonl}, and nothing else. */
public final class Recount {
    private Recount() {}

    /** The figures of the run in a folder. */
    public static Results of(Path folder, Bootstrap bootstrap) {
        return Results.of(paths(folder), bootstrap);
    }

    /**
     * The answers of a run with their judgements.
     *
     * @throws InputException if the two files do not belong together line by line
     */
    public static List<ScoredPath> paths(Path folder) {
        Path file = folder.resolve(JudgementFile.NAME);
        List<Answer> answers = AnswerFile.read(folder.resolve(AnswerFile.NAME));
        List<Ruling> rulings = JudgementFile.read(file);
        if (answers.size() != rulings.size()) {
            throw new InputException(folder.resolve(AnswerFile.NAME) + " has " + answers.size() + " answers and "
                    + JudgementFile.NAME + " " + rulings.size()
                    + " judgements: repeat the command that began this run, it goes on where it stopped");
        }
        List<ScoredPath> paths = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            checkSame(file, i + 1, answer, rulings.get(i));
            if (!seen.add(answer.sample() + " " + answer.asked().id())) {
                throw new InputException(folder.resolve(AnswerFile.NAME) + ", line " + (i + 1) + ": sample "
                        + answer.sample() + " of question \"" + answer.asked().id()
                        + "\" stands in an earlier line already; remove one of the two");
            }
            paths.add(new ScoredPath(answer, rulings.get(i).judgement()));
        }
        return List.copyOf(paths);
    }

    static void checkSame(Path file, int line, Answer answer, Ruling ruling) {
        if (!answer.asked().id().equals(ruling.id()) || answer.sample() != ruling.sample()) {
            throw new InputException(file + ", line " + line + " judges sample " + ruling.sample() + " of question \""
                    + ruling.id() + "\" where " + AnswerFile.NAME + " has sample " + answer.sample()
                    + " of question \"" + answer.asked().id() + "\": the two files are not of one run");
        }
    }
}
