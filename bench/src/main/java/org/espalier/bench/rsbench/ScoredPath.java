package org.espalier.bench.rsbench;

import java.util.Optional;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.ChatModel.Reply;

/** An answer with what the arbiter said of it: one line of each file. */
public record ScoredPath(Answer answer, Judgement judgement) {
    /** The verdict; empty where the model gave no answer or the arbiter no verdict. */
    public Optional<Judged> judged() {
        return judgement instanceof Judged judged ? Optional.of(judged) : Optional.empty();
    }

    /** Whether the model failed, so that there was nothing to judge. */
    public boolean unanswered() {
        return answer.reply() instanceof Reply.Failed;
    }

    public String id() {
        return answer.asked().id();
    }
}
