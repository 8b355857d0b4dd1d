package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.LineLog;

/** The two growing files of a run, and what of them is there already. */
final class Pages implements AutoCloseable {
    /** Judgements by exact rules come by the thousand, and each write waits for the disk: gather them this long. */
    private static final long GATHER_NANOS = 500_000_000L;

    private final LineLog answerLog;
    private final LineLog judgementLog;
    private final List<Answer> answers;
    private final List<String> waiting = new ArrayList<>();
    private int rulings;
    private long written = System.nanoTime();

    private Pages(LineLog answerLog, LineLog judgementLog, List<Answer> answers, int rulings) {
        this.answerLog = answerLog;
        this.judgementLog = judgementLog;
        this.answers = answers;
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
        LineLog judgementLog = LineLog.open(judgementFile);
        List<Answer> found = AnswerFile.read(answerFile);
        checkBeginning(answerFile, found, samples, paths);
        int all = samples.size() * paths;
        int kept = found.size() == all ? all : found.size() - found.size() % perGroup;
        if (kept < found.size()) {
            AtomicFile.write(
                    answerFile,
                    found.subList(0, kept).stream()
                            .map(answer -> AnswerFile.line(answer) + "\n")
                            .collect(Collectors.joining()));
        }
        List<Ruling> rulings = JudgementFile.read(judgementFile);
        if (rulings.size() > kept) {
            throw new InputException(judgementFile + " judges " + rulings.size() + " answers where " + answerFile
                    + " holds " + kept + ": remove the judgements after line " + kept + ", or choose another folder");
        }
        for (int i = 0; i < rulings.size(); i++) {
            Recount.checkSame(judgementFile, i + 1, found.get(i), rulings.get(i));
        }
        List<Answer> answers = new ArrayList<>(found.subList(0, kept));
        return new Pages(LineLog.open(answerFile), judgementLog, answers, rulings.size());
    }

    private static void checkBeginning(Path file, List<Answer> found, List<SsuiSample> samples, int paths) {
        for (int i = 0; i < found.size(); i++) {
            Answer answer = found.get(i);
            int question = i / paths;
            if (question >= samples.size()
                    || !answer.asked().equals(Asked.of(samples.get(question)))
                    || answer.sample() != i % paths) {
                throw new InputException(file + ", line " + (i + 1) + " answers question \""
                        + answer.asked().id() + "\" (sample " + answer.sample()
                        + "), which does not stand there in the data: it is of another run; choose another folder");
            }
        }
    }

    List<Answer> answers() {
        return answers;
    }

    /** How many answers are judged. */
    int rulings() {
        return rulings;
    }

    void answered(List<Answer> group) {
        answerLog.append(group.stream().map(AnswerFile::line).toList());
        answers.addAll(group);
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
                judgementLog) {
            flush();
        }
    }
}
