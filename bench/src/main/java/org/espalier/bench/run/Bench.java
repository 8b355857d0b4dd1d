package org.espalier.bench.run;

import java.util.List;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.suite.Item;
import org.espalier.bench.suite.Trial;
import org.espalier.core.ChatModel.Reply;

/** Whoever gives verdicts. */
@FunctionalInterface
public interface Bench {
    /** An answer to be judged. */
    record Case(Item item, int sample, Reply reply) {
        String key() {
            return sample == 0 ? item.id() : item.id() + " " + sample;
        }

        JudgementLine ruled(Trial ended) {
            List<Vote> votes = ended instanceof Trial.Settled settled
                    ? settled.jury().stream()
                            .map(juror -> new Vote(juror.name(), new Ruling.Given(juror.verdict())))
                            .toList()
                    : List.of();
            return new JudgementLine(item.id(), sample, Ruling.of(ended), votes);
        }

        JudgementLine unanswered(Reply.Failed failed) {
            return ruled(new Trial.Unjudged(Mishap.UNANSWERED, failed.reason()));
        }
    }

    /** One line a case, in order. */
    List<JudgementLine> judge(List<Case> cases);
}
