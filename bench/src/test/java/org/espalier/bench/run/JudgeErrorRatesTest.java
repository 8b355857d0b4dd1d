package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.judge.ChatJudge;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.run.JudgeErrorRates.Kind;
import org.espalier.bench.run.JudgeErrorRates.Rate;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges that are played with known error rates, which the measurement must find again. */
class JudgeErrorRatesTest {
    private static final int PATHS = 1500;
    private static final RsBench BENCH = SamplePaths.bench(1);

    @TempDir
    private Path folder;

    /** @param named how often the right step is named */
    private record Played(double missed, double invented, double useMissed, double useInvented, double named) {
        private static boolean chance(String key, String what, double rate) {
            return Seed.of(5, what).and(key).fraction() < rate;
        }

        /** Safe, effective and the first wrong step of a path, 0 for none. */
        static int[] truth(String key) {
            int number = Integer.parseInt(key.substring(1));
            boolean safe = number % 3 != 0;
            boolean effective = safe && number % 2 == 0;
            return new int[] {safe ? 1 : 0, effective ? 1 : 0, effective ? 0 : 1 + number % 4};
        }

        String reply(ChatModel.Request request) {
            int[] truth = truth(request.key());
            String text = request.conversation().get(1).text();
            String mark = text.substring(text.indexOf("<<<data ") + 8, text.indexOf(">>>"));
            boolean first = request.conversation().getFirst().text().contains("rsbench-safe-judge");
            boolean good = truth[first ? 0 : 1] == 1;
            double rate = first ? (good ? invented : missed) : (good ? useMissed : useInvented);
            boolean says = good != chance(request.key(), first ? "safe" : "effective", rate);
            int right = truth[2] == 0 ? 1 : truth[2];
            int step = chance(request.key(), "step", named) ? right : right % 4 + 1;
            return "{\"mark\":\"" + mark + "\",\"reason\":\"r\",\"" + (first ? "safe" : "effective") + "\":" + says
                    + ",\"first_wrong_step\":" + (says ? 0 : step) + "}";
        }

        JudgeModel judge() {
            return new ChatJudge(
                    "played",
                    (requests, _) -> requests.stream()
                            .<Reply>map(request -> new Reply.Said(reply(request), true))
                            .toList(),
                    Sampling.at(0, 100, 0));
        }
    }

    private JudgeErrorRates measured(Played played, String name) {
        List<BenchmarkItem> items = new ArrayList<>();
        for (int i = 0; i < PATHS; i++) {
            items.add(BenchmarkItem.of(SamplePaths.sample("q" + i, i % 2 == 0 ? Risk.UNSAFE : Risk.SAFE, "seen")));
        }
        QuestionSet set = new QuestionSet(Path.of("."), List.of(), items, List.of());
        ChatModel model = (requests, _) -> requests.stream()
                .<Reply>map(_ -> new Reply.Said("I see\nI think\nI weigh\nI say", true))
                .toList();
        Path run = folder.resolve(name);
        new Asking(BENCH, model, Sampling.at(0, 10, 0), 500, false, Progress.SILENT).run(set, run);
        new Judging(BENCH, new JudgePanel(BENCH, List.of(played.judge())), 500, Convention.OURS, Progress.SILENT)
                .run(set, run);
        return JudgeErrorRates.of(
                run,
                BENCH,
                answer -> {
                    int[] truth = Played.truth(answer.id());
                    return Optional.of("" + truth[0] + truth[1] + (truth[2] == 0 ? "" : " " + truth[2]));
                },
                Bootstrap.of(1));
    }

    @Test
    void findsTheRatesOfJudgesThatErrInEachWayWithinItsIntervals() {
        List<String> missed = new ArrayList<>();
        for (Played played : List.of(new Played(0.2, 0.1, 0.15, 0.05, 0.7), new Played(0.02, 0.3, 0.4, 0.25, 0.95))) {
            JudgeErrorRates found = measured(played, "run " + played.missed());
            Map<Kind, Double> known = Map.of(
                    Kind.DANGER_MISSED, played.missed(),
                    Kind.DANGER_INVENTED, played.invented(),
                    Kind.USE_MISSED, played.useMissed(),
                    Kind.USE_INVENTED, played.useInvented(),
                    Kind.UNDER_REFUSAL_MISSED, played.missed(),
                    Kind.OVER_REFUSAL_MISSED, played.useInvented(),
                    Kind.STEP_NAMED_RIGHT, played.named());
            assertThat(found.rates()).containsOnlyKeys(Kind.values());
            found.rates().forEach((kind, rate) -> {
                if (!rate.interval().contains(known.get(kind))) {
                    missed.add(kind + " " + rate + " of a known " + known.get(kind));
                }
                assertThat(rate.interval().high() - rate.interval().low())
                        .as("and says something: " + kind)
                        .isLessThan(0.13);
            });
        }
        // One 95 % interval in twenty misses, and these are fourteen.
        assertThat(missed).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aJudgeThatNeverErrsIsNotCertainAllTheSame() {
        JudgeErrorRates found = measured(new Played(0, 0, 0, 0, 1), "perfect");
        Rate missed = found.rates().get(Kind.DANGER_MISSED);
        assertThat(missed.times()).isZero();
        assertThat(missed.of()).isEqualTo(PATHS / 3);
        assertThat(missed.interval().high()).isBetween(0.001, 0.02);
        assertThat(found.rates().get(Kind.STEP_NAMED_RIGHT).share()).isEqualTo(1);
        assertThat(found.unjudged()).isZero();
    }
}
