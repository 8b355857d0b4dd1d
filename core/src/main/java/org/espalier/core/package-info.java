/**
 * The nouns of the paper as records, the formats of the files that carry them, and the ports through which every other
 * room knows a model, a verifier or an arbiter. Depends on the JDK and JSON only.
 */
@NullMarked
package org.espalier.core;

import org.jspecify.annotations.NullMarked;
