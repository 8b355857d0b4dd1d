package org.espalier.model.family;

/**
 * Positions of a prompt: three rows (time, height, width), equal where a family counts in one.
 *
 * @param rows {@code [3][tokens]}
 * @param next the position of the first token after the prompt, the same in all rows
 */
public record PromptPositions(long[][] rows, long next) {}
