/** Measures durable work: many items of several stages, each step a wait in place of a call, under the journal. */
@NullMarked
package org.espalier.store.perf;

import org.jspecify.annotations.NullMarked;
