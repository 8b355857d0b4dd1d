/** What a person sees while a command runs, and the log that stays in the run folder. */
@NullMarked
package org.espalier.app.console;

import org.jspecify.annotations.NullMarked;
