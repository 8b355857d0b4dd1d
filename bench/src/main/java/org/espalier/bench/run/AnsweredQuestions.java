package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.espalier.bench.internal.LineReader;

/** The answers of a run with their judgements, in order. */
public final class AnsweredQuestions {
    private AnsweredQuestions() {}

    /** Hands over at most so many answers. */
    public static void each(Path folder, long most, BiConsumer<AnswerLine, JudgementLine> each) {
        try (LineReader<AnswerLine> answers = new LineReader<>(folder.resolve(AnswerLine.FILE), AnswerLine::read);
                LineReader<JudgementLine> judgements =
                        new LineReader<>(folder.resolve(JudgementLine.FILE), JudgementLine::read)) {
            for (long n = 0; n < most; n++) {
                Optional<AnswerLine> answer = answers.next();
                Optional<JudgementLine> judgement = judgements.next();
                if (answer.isEmpty() || judgement.isEmpty()) {
                    return;
                }
                checkSame(answer.get(), judgement.get(), judgements);
                each.accept(answer.get(), judgement.get());
            }
        }
    }

    static void checkSame(AnswerLine answer, JudgementLine judgement, LineReader<JudgementLine> judgements) {
        if (!judgement.id().equals(answer.id()) || judgement.sample() != answer.sample()) {
            throw judgements.misplaced("judges sample " + judgement.sample() + " of question \"" + judgement.id()
                    + "\" where " + AnswerLine.FILE + " has sample " + answer.sample() + " of question \""
                    + answer.id() + "\": the two files are not of one run");
        }
    }
}
