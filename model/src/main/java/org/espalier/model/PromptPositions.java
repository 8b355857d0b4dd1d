package org.espalier.model;

/**
 * Positions of a prompt: three rows (time, height, width).
 *
 * @param rows {@code [3][tokens]}
 * @param next the position of the first token after the prompt, the same in all rows
 */
public record PromptPositions(long[][] rows, long next) {}
