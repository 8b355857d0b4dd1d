package org.espalier.bench.suite;

import java.util.List;
import org.espalier.core.file.Sha256;

/**
 * Agents that prepare an answer: the measured model plays each of them before it is asked the question itself.
 *
 * @see Benchmark#preparation
 */
public interface Preparation {
    /** How many are asked before a question of a category. */
    int agents(String category);

    /**
     * What the next is asked; the question itself once all have spoken.
     *
     * @param said by those before, their thoughts left out
     */
    String asked(BenchmarkItem item, List<String> said);

    /** Every text that they are asked with. */
    List<String> texts();

    /** Names their words: others are another protocol. */
    default String sha256() {
        return Sha256.of(String.join("\n\n", texts()));
    }
}
