package org.espalier.bench.set;

import java.util.List;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Finding;
import org.espalier.bench.suite.ModelAnswer;

/** A benchmark whose answers are judged by rubrics, those to the questions of a category by one. */
interface JudgedByRubric extends Benchmark {
    List<Rubric> rubrics();

    Rubric rubric(String category);

    @Override
    default List<JudgePrompt> judgePrompts() {
        return rubrics().stream().map(Rubric::prompt).toList();
    }

    @Override
    default Assessment assess(BenchmarkItem item, ModelAnswer answer) {
        return rubric(item.cell()).assess(item, answer.text());
    }

    @Override
    default boolean ruled(String category, String answer) {
        return rubric(category).ruled(answer);
    }

    @Override
    default List<String> extremes(String category) {
        return List.copyOf(rubric(category).words().keySet());
    }

    @Override
    default Assessment blocked(BenchmarkItem item, String reason) {
        return Assessment.decided(Rubric.REFUSED, rubric(item.cell()).blocked() + reason);
    }

    @Override
    default List<Finding> findings(String category, String label) {
        return List.of(Finding.neither(rubric(category).words().getOrDefault(label, label)));
    }
}
