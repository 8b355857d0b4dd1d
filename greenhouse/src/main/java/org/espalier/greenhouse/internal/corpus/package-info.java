/** What the base model is grown on: captions, facts and fallible paths, and the check that nothing leaks. */
@NullMarked
package org.espalier.greenhouse.internal.corpus;

import org.jspecify.annotations.NullMarked;
