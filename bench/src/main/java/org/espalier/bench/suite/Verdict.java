package org.espalier.bench.suite;

/**
 * What was found of one answer.
 *
 * @param label as the benchmark's rubric names it; short, and from a small set
 * @param reason why, in the judge's words; may be empty
 */
public record Verdict(String label, String reason) {}
