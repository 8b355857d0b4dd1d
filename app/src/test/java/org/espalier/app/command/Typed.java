package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.app.console.Interruption;

/** Command lines as a user types them one after another, and what came of them. */
final class Typed {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /**
     * Runs one: texts are parted at blanks, members of lists are words as they stand.
     *
     * @return the exit code
     */
    int run(Object... words) {
        return CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption())
                .execute(Arrays.stream(words)
                        .flatMap(Typed::parted)
                        .map(Object::toString)
                        .toArray(String[]::new));
    }

    private static Stream<?> parted(Object words) {
        return switch (words) {
            case List<?> several -> several.stream();
            case String text -> Arrays.stream(text.split(" "));
            default -> Stream.of(words);
        };
    }

    /** Runs one that must end well. */
    void done(Object... words) {
        assertThat(run(words)).as(() -> out.toString() + err).isZero();
    }

    /** Opens the studio, and presses Ctrl-C as soon as it is open. */
    void studio(Path review, Optional<Path> drafts) {
        PrintWriter writer = new PrintWriter(out);
        Console console =
                new Console(writer, writer, false, System::nanoTime, progress -> (name, done, total, note) -> {
                    if (name.equals("the studio is open")) {
                        throw new CancellationException();
                    }
                });
        List<String> words = new ArrayList<>(List.of("studio", review.toString()));
        drafts.ifPresent(file -> words.addAll(List.of("--import", file.toString())));
        CommandLines.of(console, writer, new PrintWriter(err), List.of(new StudioCommand()))
                .execute(words.toArray(String[]::new));
    }

    /** All that was printed. */
    String out() {
        return out.toString();
    }

    /** All complaints and notes. */
    String err() {
        return err.toString();
    }

    /** What was printed so far is not looked at again. */
    void forget() {
        out.getBuffer().setLength(0);
    }
}
