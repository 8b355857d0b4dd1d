package org.espalier.bench.rsbench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Arbiter.Judgement.Judged;

/** Verdicts by path, such as people's labels or another judge's; their reasons are not kept. */
public final class Labels implements Function<ScoredPath, Judgement> {
    private static final Judgement NONE = new Judgement.Failed("no label");

    private final Map<String, Judgement> byPath = new HashMap<>();

    /** Takes one in; a later one of the same path stands for an earlier one. */
    public void add(Ruling ruling) {
        byPath.put(
                key(ruling.sample(), ruling.id()),
                ruling.judgement() instanceof Judged judged
                        ? new Judged(judged.safe(), judged.effective(), judged.firstWrongStep(), "")
                        : NONE);
    }

    @Override
    public Judgement apply(ScoredPath path) {
        return byPath.getOrDefault(key(path.answer().sample(), path.id()), NONE);
    }

    private static String key(int sample, String id) {
        return sample + " " + id;
    }
}
