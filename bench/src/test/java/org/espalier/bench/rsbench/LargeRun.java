package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Demonstrations;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;

/** Asks, judges and counts a hundred thousand paths; {@link BoundedMemoryTest} gives it little memory. */
final class LargeRun {
    static final int QUESTIONS = 12_500;
    static final int PATHS = 8;

    private static final String STEP = "I see a thing on the table and say at some length what it is for. ".repeat(3);

    private LargeRun() {}

    /** @param words the folder of the run, and {@code again} where nothing may be asked or judged any more */
    public static void main(String[] words) {
        List<SsuiSample> samples = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            samples.add(Paths.sample("q" + i, i % 2 == 0 ? Risk.UNSAFE : Risk.SAFE, i % 3 == 0 ? "seen" : "held-out"));
        }
        boolean again = words.length > 1;
        RsBench.Settings settings = new RsBench.Settings(
                PATHS, Sampling.at(1, 16, 0), Demonstrations.NONE, "", 50, new Bootstrap(0.95, 20, 1));
        new RsBench(
                        again ? LargeRun::silent : LargeRun::said,
                        text -> text.lines().toList(),
                        arbiter(again),
                        settings,
                        Progress.SILENT)
                .run(samples, Path.of(words[0]));
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
