package org.espalier.workflow.bench;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.Protocol;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.SsuiSample;
import org.espalier.core.text.StepSplitter;

/**
 * A benchmark's questions as they are asked.
 *
 * @param set before anything is put to a question
 * @param instruction that is put to each
 */
record AskedQuestions(Benchmark benchmark, QuestionSet set, Optional<String> instruction, StepSplitter.Style steps) {
    QuestionSet questions() {
        return instruction.map(set::asking).orElse(set);
    }

    /** Of questions and pictures, as the protocol has it. */
    String hash() {
        return Protocol.sha256(questions());
    }

    /** The samples that questions are, where they are such. */
    static List<SsuiSample> samples(QuestionSet set) {
        return set.items().stream()
                .map(BenchmarkItem::sample)
                .flatMap(Optional::stream)
                .toList();
    }
}
