package org.espalier.srpo.objective;

import java.util.List;

/** From the token log-probabilities of some paths to a number to be made small. */
@FunctionalInterface
public interface Loss {
    /** {@code logprobs}: one array a path, natural logarithms, in the order of the term's leaves. */
    Slope of(List<double[]> logprobs);
}
