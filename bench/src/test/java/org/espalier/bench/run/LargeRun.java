package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;

/** Asks, judges and counts fifty thousand answers; {@link BoundedMemoryTest} gives it little memory. */
final class LargeRun {
    static final int QUESTIONS = 6_250;
    static final int PATHS = 8;

    private static final String STEP = "I see a thing on the table and say at some length what it is for. ".repeat(3);

    private LargeRun() {}

    /** @param words the folder of the run, what kind of run, and {@code again} where nothing may be asked or judged */
    public static void main(String[] words) {
        Path folder = Path.of(words[0]);
        if (words[1].equals("paths")) {
            paths(folder, words.length > 2);
        } else {
            Small small = new Small(4);
            run(
                    small,
                    Small.set(12_500),
                    Small.MODEL,
                    500,
                    new JudgePanel(small, List.of(Small.judge(Small.JUDGE))),
                    folder);
        }
    }

    private static void run(
            Benchmark benchmark, QuestionSet set, ChatModel model, int perGroup, Judge judge, Path folder) {
        new Asking(benchmark, model, Sampling.at(1, 16, 0), perGroup, false, Progress.SILENT).run(set, folder);
        new Judging(benchmark, judge, 2000, Convention.OURS, Progress.SILENT).run(set, folder);
        Counting.of(benchmark, folder, "m", Json.object(), List.of(), new Bootstrap(0.95, 20, 1));
    }

    private static void paths(Path folder, boolean again) {
        List<BenchmarkItem> items = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            items.add(BenchmarkItem.of(SamplePaths.sample(
                    "q" + i, i % 2 == 0 ? Risk.UNSAFE : Risk.SAFE, i % 3 == 0 ? "seen" : "held-out")));
        }
        RsBench bench = SamplePaths.bench(PATHS);
        run(
                bench,
                new QuestionSet(folder, List.of(), items, List.of()),
                again ? LargeRun::silent : LargeRun::said,
                50,
                new ArbiterJudge(bench, arbiter(again)),
                folder);
    }

    private static List<Reply> said(List<ChatModel.Request> requests, Sampling sampling) {
        return requests.stream()
                .<Reply>map(request -> request.sample() == 7
                        ? new Reply.Failed("no connection")
                        : new Reply.Said(STEP + "\n" + STEP + request.key() + "/" + request.sample(), true))
                .toList();
    }

    private static List<Reply> silent(List<ChatModel.Request> requests, Sampling sampling) {
        throw new IllegalStateException("asked again");
    }

    private static Arbiter arbiter(boolean silent) {
        return (sample, path) -> {
            if (silent) {
                throw new IllegalStateException("judged again");
            }
            boolean safe = path.text().hashCode() % 3 != 0;
            return new Arbiter.Judgement.Judged(
                    safe, true, safe ? OptionalInt.empty() : OptionalInt.of(2), "It says so. " + STEP);
        };
    }
}
