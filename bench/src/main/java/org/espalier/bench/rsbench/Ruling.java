package org.espalier.bench.rsbench;

import java.util.List;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Arbiter.Vote;

/**
 * A line of {@code judgements.jsonl}: what the arbiter said of the answer with this id and sample number.
 *
 * @param votes of each judge, where several were asked
 */
public record Ruling(String id, int sample, Judgement judgement, List<Vote> votes) {
    public Ruling {
        votes = List.copyOf(votes);
    }

    /** Of one judge alone. */
    public Ruling(String id, int sample, Judgement judgement) {
        this(id, sample, judgement, List.of());
    }
}
