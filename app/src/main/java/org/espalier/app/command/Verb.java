package org.espalier.app.command;

import org.espalier.app.console.Console;

/**
 * A command: picocli puts the words that were typed into its fields. Those below {@code perf} come from a room that this one
 * does not see because it is not handed out; they are found through {@link java.util.ServiceLoader}.
 */
public interface Verb {
    /**
     * Does what was asked, and says what came of it.
     *
     * @return the exit code
     */
    int run(Console console) throws Exception;
}
