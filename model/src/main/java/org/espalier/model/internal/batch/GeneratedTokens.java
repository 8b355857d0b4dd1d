package org.espalier.model.internal.batch;

import org.espalier.core.Continuation.End;

/**
 * A finished continuation.
 *
 * @param ids of its tokens, an end token included
 * @param logprobs natural log-probability of each at temperature 1
 */
public record GeneratedTokens(int[] ids, double[] logprobs, End end) {}
