package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.internal.GrowingFile;
import org.espalier.bench.internal.LineReader;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Progress;

/**
 * Has the answers of a folder judged and writes {@code judgements.jsonl}, continuing where an earlier run stopped.
 *
 * @param answersPerGroup judged together
 * @param convention says whether thoughts are judged
 */
public record Judging(Benchmark benchmark, Judge judge, int answersPerGroup, Convention convention, Progress progress) {
    /** Judges what is not judged yet. */
    public void run(QuestionSet set, Path folder) {
        int samples = benchmark.samples();
        Path file = folder.resolve(JudgementLine.FILE);
        long all = (long) set.items().size() * samples;
        try (GrowingFile judgements = GrowingFile.open(file, all, answersPerGroup);
                LineReader<AnswerLine> answers = new LineReader<>(folder.resolve(AnswerLine.FILE), AnswerLine::read)) {
            long passed = pass(file, answers);
            progress.at("judgements", passed, all, "");
            List<Judge.Case> group = new ArrayList<>();
            for (long at = passed; at < all; at++) {
                AnswerLine answer = answers.next()
                        .orElseThrow(() -> answers.misplaced(
                                "is the last: answers are missing; repeat the command that began this run"));
                BenchmarkItem item = set.items().get((int) (at / samples));
                if (!answer.answers(item, (int) (at % samples))) {
                    throw answers.misplaced("answers question \"" + answer.id() + "\" (sample " + answer.sample()
                            + ") where the data have \"" + item.id() + "\" (sample " + at % samples + ")");
                }
                group.add(new Judge.Case(item, answer.sample(), shown(answer), answer.steps()));
                if (group.size() == answersPerGroup || at == all - 1) {
                    judgements.append(
                            judge.judge(group).stream().map(JudgementLine::line).toList());
                    group.clear();
                    progress.at("judgements", judgements.lines(), all, "");
                }
            }
        }
    }

    /** A path is all that was said; of another answer the thoughts may be none of it. */
    private Reply shown(AnswerLine answer) {
        return answer.steps().isEmpty() ? convention.judged(answer.reply()) : answer.reply();
    }

    /** Passes over the answers that are judged already, and says how many there are. */
    private static long pass(Path file, LineReader<AnswerLine> answers) {
        long passed = 0;
        try (LineReader<JudgementLine> found = new LineReader<>(file, JudgementLine::read)) {
            for (Optional<JudgementLine> next = found.next(); next.isPresent(); next = found.next()) {
                JudgementLine line = next.get();
                Optional<AnswerLine> answer = answers.next();
                if (answer.isEmpty()
                        || !answer.get().id().equals(line.id())
                        || answer.get().sample() != line.sample()) {
                    throw found.misplaced("judges sample " + line.sample() + " of question \"" + line.id()
                            + "\", which is not the answer in that line of " + AnswerLine.FILE);
                }
                passed++;
            }
        }
        return passed;
    }
}
