/** The trainer: questions in, adapter and metrics out; resumable. */
@NullMarked
package org.espalier.srpo.train;

import org.jspecify.annotations.NullMarked;
