package org.espalier.model.decoder;

/**
 * The sizes of a vision tower that memory depends on.
 *
 * @param blocks that are gone through
 * @param patches of a token
 */
public record VisionExtent(int blocks, int hidden, int feedForward, int patches) {}
