/**
 * The files of a run: data and trees as JSON lines with errors that name file, line and field, writing that survives a
 * crash, and the run folder that says what was done with what.
 */
@NullMarked
package org.espalier.core.file;

import org.jspecify.annotations.NullMarked;
