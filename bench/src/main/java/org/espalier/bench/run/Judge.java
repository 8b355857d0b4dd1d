package org.espalier.bench.run;

import java.util.List;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.core.ChatModel.Reply;

/** Whoever gives verdicts: models, exact rules, a file. */
@FunctionalInterface
public interface Judge {
    /**
     * An answer to be judged.
     *
     * @param steps of it, where answers are paths
     */
    record Case(BenchmarkItem item, int sample, Reply reply, List<String> steps) {
        public Case {
            steps = List.copyOf(steps);
        }

        String key() {
            return sample == 0 ? item.id() : item.id() + " " + sample;
        }

        /** How the benchmark itself begins; nobody is asked about what is no answer. */
        Assessment begin(Benchmark benchmark) {
            return switch (reply) {
                case Reply.Said said -> benchmark.assess(item, new ModelAnswer(said.text(), steps));
                case Reply.Failed failed -> new Assessment.Undecided(Mishap.UNANSWERED, failed.reason());
                case Reply.Blocked blocked -> benchmark.blocked(item, blocked.reason());
            };
        }

        JudgementLine line(Assessment ended) {
            List<Vote> votes = ended instanceof Assessment.Decided decided
                    ? decided.jury().stream()
                            .map(juror -> new Vote(juror.name(), new Outcome.Judged(juror.verdict())))
                            .toList()
                    : List.of();
            return new JudgementLine(item.id(), sample, Outcome.of(ended), votes);
        }
    }

    /** One line a case, in order. */
    List<JudgementLine> judge(List<Case> cases);
}
