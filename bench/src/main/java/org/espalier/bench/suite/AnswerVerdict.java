package org.espalier.bench.suite;

/**
 * What was found of one answer.
 *
 * @param label as the benchmark's rubric names it: short, and from a small set; details may follow behind a space
 * @param reason why, in the judge's words; may be empty
 */
public record AnswerVerdict(String label, String reason) {
    /** The label without its details: what judges agree or differ on. */
    public String decision() {
        return label.split(" ", 2)[0];
    }
}
