package org.espalier.app.work;

import java.util.List;
import java.util.OptionalInt;
import org.espalier.bench.rsbench.QuestionDraw;
import org.espalier.bench.run.Selection;
import org.espalier.bench.stats.Strata;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunPlan;

/**
 * How many of a benchmark's questions are asked.
 *
 * @param limit the first so many units
 * @param sample so many units, stratified
 */
public record Portion(OptionalInt limit, OptionalInt sample) {
    public static final Portion ALL = new Portion(OptionalInt.empty(), OptionalInt.empty());

    public Portion {
        if (limit.isPresent() && sample.isPresent()) {
            throw new InputException("--limit takes the first questions, --sample a stratified part: give one of them");
        }
        if (limit.orElse(1) < 1 || sample.orElse(1) < 1) {
            throw new InputException("--limit and --sample are at least 1");
        }
    }

    QuestionSet of(QuestionSet all, long seed) {
        QuestionSet limited = limit.isPresent() ? Selection.first(all, limit.getAsInt()) : all;
        return sample.isPresent() ? Selection.stratified(limited, sample.getAsInt(), seed) : limited;
    }

    /** Of RSBench's questions: what they are stratified by is {@link QuestionDraw}'s. */
    List<SsuiSample> of(List<SsuiSample> all, long seed) {
        return sample.isPresent()
                ? QuestionDraw.ofAll(sample.getAsInt(), seed).of(all)
                : all.subList(0, Math.min(limit.orElse(all.size()), all.size()));
    }

    /** What a reader of figures over a part must know; nothing where all were asked. */
    List<String> notes(int asked, int all) {
        return asked == all
                ? List.of()
                : List.of(
                        (sample.isPresent()
                                ? "a sample of " + Strata.sureness(asked, all) + ", in each category its share"
                                : "the first " + Strata.sureness(asked, all)));
    }

    RunPlan.Builder into(RunPlan.Builder plan) {
        limit.ifPresent(units -> plan.setting("limit", units, "flag --limit"));
        sample.ifPresent(units -> plan.setting("sample", units, "flag --sample"));
        return plan;
    }
}
