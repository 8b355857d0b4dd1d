package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.List;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;

/** Asks, judges and counts a hundred thousand answers; {@link BoundedMemoryTest} gives it little memory. */
final class LargeRun {
    static final int QUESTIONS = 25_000;
    static final int SAMPLES = 4;

    private LargeRun() {}

    public static void main(String[] words) {
        Path folder = Path.of(words[0]);
        Small small = new Small(SAMPLES);
        QuestionSet set = Small.set(QUESTIONS);
        new Asking(Small.MODEL, Sampling.at(0, 16, 0), SAMPLES, 500, Progress.SILENT).run(set, folder);
        new Judging(new JudgePanel(small, List.of(Small.judge(Small.JUDGE))), SAMPLES, 2000, Progress.SILENT)
                .run(set, folder);
        ResultFile.write(
                folder.resolve(Result.FILE),
                Scoring.of(small, set, SAMPLES, folder, "m", Json.object(), new Bootstrap(0.95, 50, 1)));
    }
}
