package org.espalier.bench.run;

import java.util.List;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.Arbiter;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.ReasoningPath;

/** Exact rules that the caller hands in, on questions that are SSUI samples. */
public record ArbiterJudge(Benchmark benchmark, Arbiter arbiter) implements Judge {
    @Override
    public List<JudgementLine> judge(List<Case> cases) {
        return cases.stream()
                .map(one -> one.line(one.reply() instanceof Reply.Said ? assess(one) : one.begin(benchmark)))
                .toList();
    }

    private Assessment assess(Case one) {
        var sample = one.item().sample().orElseThrow();
        return switch (arbiter.judge(sample, new ReasoningPath(one.steps()))) {
            case Judgement.Judged judged ->
                Assessment.decided(benchmark.label(judged).orElseThrow(), judged.reason());
            case Judgement.Failed failed -> new Assessment.Undecided(Mishap.NO_VERDICT, failed.reason());
        };
    }
}
