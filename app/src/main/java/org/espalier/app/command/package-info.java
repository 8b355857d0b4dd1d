/** The verbs of the command line: each reads its words, calls a room, and prints what came of it. */
@NullMarked
package org.espalier.app.command;

import org.jspecify.annotations.NullMarked;
