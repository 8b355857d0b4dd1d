package org.espalier.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.espalier.app.console.Interruption;

/** A command line as a user types it. */
final class Typed {
    private Typed() {}

    /** Runs it; what it prints goes to {@code out} and {@code err}. @return the exit code */
    static int words(StringWriter out, StringWriter err, Object... words) {
        return CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption())
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }
}
