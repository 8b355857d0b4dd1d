/**
 * A small OpenAI-compatible server that plays the agents of the dataset builder, the verifier of pictures and the judge
 * from the greenhouse's facts, with faults on request. It knows the agents by the names of their schemas alone.
 */
@NullMarked
package org.espalier.greenhouse.serve;

import org.jspecify.annotations.NullMarked;
