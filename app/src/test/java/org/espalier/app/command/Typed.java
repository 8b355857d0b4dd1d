package org.espalier.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.app.console.Interruption;

/** A command line as a user types it. */
final class Typed {
    private Typed() {}

    /** Runs it, lists among the words one by one; prints to {@code out} and {@code err}. @return the exit code */
    static int words(StringWriter out, StringWriter err, Object... words) {
        return CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption())
                .execute(Arrays.stream(words)
                        .flatMap(word -> word instanceof List<?> several ? several.stream() : Stream.of(word))
                        .map(Object::toString)
                        .toArray(String[]::new));
    }
}
