package org.espalier.workflow.bench;

import java.util.OptionalInt;
import org.espalier.bench.run.Selection;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.file.RunPlan;

/**
 * How many of a benchmark's questions are asked.
 *
 * @param limit the first so many units
 * @param sample so many units, stratified
 */
public record QuestionLimit(OptionalInt limit, OptionalInt sample) {
    public static final QuestionLimit NONE = new QuestionLimit(OptionalInt.empty(), OptionalInt.empty());

    public QuestionLimit {
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

    RunPlan.Builder into(RunPlan.Builder plan) {
        limit.ifPresent(units -> plan.setting("limit", units, "flag --limit"));
        sample.ifPresent(units -> plan.setting("sample", units, "flag --sample"));
        return plan;
    }
}
