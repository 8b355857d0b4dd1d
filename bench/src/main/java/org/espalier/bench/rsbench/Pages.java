package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.files.GrowingFile;
import org.espalier.bench.files.LineReader;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.LineLog;

/** The two growing files of a run, and what of them is there already: answers are read again one group at a time. */
final class Pages implements AutoCloseable {
    /** Judgements by exact rules come by the thousand, and each write waits for the disk: gather them this long. */
    private static final long GATHER_NANOS = 500_000_000L;

    private final GrowingFile answerLog;
    private final LineLog judgementLog;
    private final LineReader<Answer> earlier;
    private final List<String> waiting = new ArrayList<>();
    private long reread;
    private long rulings;
    private long written = System.nanoTime();

    private Pages(GrowingFile answerLog, LineLog judgementLog, LineReader<Answer> earlier, long rulings) {
        this.answerLog = answerLog;
        this.judgementLog = judgementLog;
        this.earlier = earlier;
        this.reread = answerLog.lines();
        this.rulings = rulings;
    }

    /**
     * Opens the files and drops a group of answers that was not written to its end: it is asked for again as a whole.
     *
     * @throws InputException if what is there is no beginning of this run
     */
    static Pages open(Path folder, List<SsuiSample> samples, int paths, int perGroup) {
        Path answerFile = folder.resolve(AnswerFile.NAME);
        Path judgementFile = folder.resolve(JudgementFile.NAME);
        LineLog.open(answerFile).close();
        LineLog.open(judgementFile).close();
        // Before anything is dropped: the answers of another run are not to be touched.
        checkBeginning(answerFile, samples, paths);
        GrowingFile answers = GrowingFile.open(answerFile, (long) samples.size() * paths, perGroup);
        try {
            long rulings = checkRulings(judgementFile, answerFile, answers.lines());
            return new Pages(answers, LineLog.open(judgementFile), AnswerFile.reader(answerFile), rulings);
        } catch (RuntimeException e) {
            answers.close();
            throw e;
        }
    }

    private static void checkBeginning(Path file, List<SsuiSample> samples, int paths) {
        try (LineReader<Answer> found = AnswerFile.reader(file)) {
            int at = 0;
            for (Optional<Answer> next = found.next(); next.isPresent(); next = found.next()) {
                Answer answer = next.get();
                int question = at / paths;
                if (question >= samples.size()
                        || !answer.asked().equals(Asked.of(samples.get(question)))
                        || answer.sample() != at % paths) {
                    throw found.stranger("answers question \"" + answer.asked().id() + "\" (sample " + answer.sample()
                            + "), which does not stand there in the data: it is of another run; choose another"
                            + " folder");
                }
                at++;
            }
        }
    }

    /** How many rulings there are; each of them must be that of the answer in its place. */
    private static long checkRulings(Path file, Path answerFile, long kept) {
        long count = 0;
        try (LineReader<Ruling> found = JudgementFile.reader(file);
                LineReader<Answer> answers = AnswerFile.reader(answerFile)) {
            for (Optional<Ruling> next = found.next(); next.isPresent(); next = found.next()) {
                Optional<Answer> answer = answers.next();
                if (answer.isEmpty()) {
                    throw found.stranger("judges an answer where " + answerFile + " holds " + kept
                            + ": remove the judgements from this line on, or choose another folder");
                }
                Recount.checkSame(answer.get(), next.get(), found);
                count++;
            }
        }
        return count;
    }

    /** Whether answers of an earlier run are still to be taken. */
    boolean hasEarlier() {
        return reread > 0;
    }

    /** The next answers of an earlier run. */
    List<Answer> earlier(int most) {
        List<Answer> group = new ArrayList<>();
        for (; reread > 0 && group.size() < most; reread--) {
            group.add(earlier.next().orElseThrow());
        }
        return group;
    }

    /** How many answers are judged. */
    long rulings() {
        return rulings;
    }

    void answered(List<Answer> group) {
        answerLog.append(group.stream().map(AnswerFile::line).toList());
    }

    void ruled(Ruling ruling) {
        waiting.add(JudgementFile.line(ruling));
        rulings++;
        if (System.nanoTime() - written > GATHER_NANOS) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            judgementLog.append(waiting);
            waiting.clear();
        }
        written = System.nanoTime();
    }

    @Override
    public void close() {
        try (answerLog;
                judgementLog;
                earlier) {
            flush();
        }
    }
}
