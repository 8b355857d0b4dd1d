package org.espalier.model.generate;

import org.espalier.core.Continuation.End;

/**
 * A finished continuation.
 *
 * @param ids of its tokens, an end token included
 * @param logprobs natural log-probability of each at temperature 1
 */
record Written(int[] ids, double[] logprobs, End end) {}
