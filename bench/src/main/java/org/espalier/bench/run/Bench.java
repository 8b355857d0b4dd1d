package org.espalier.bench.run;

import java.util.List;
import org.espalier.bench.judge.Mishap;
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
            return new JudgementLine(item.id(), sample, JudgementLine.Ruling.of(ended), List.of());
        }

        JudgementLine unanswered(Reply.Failed failed) {
            return ruled(new Trial.Unjudged(Mishap.UNANSWERED, failed.reason()));
        }
    }

    /** One line a case, in order. */
    List<JudgementLine> judge(List<Case> cases);
}
