package org.espalier.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.espalier.app.command.CommandLines;
import org.espalier.app.command.ExitCode;
import org.espalier.app.console.Interruption;
import org.espalier.app.console.RunLog;
import org.espalier.app.console.StandardOutput;

/** Starts Espalier. The only place that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Numbers look the same everywhere, in what is printed and in what is written.
        Locale.setDefault(Locale.ROOT);
        RunLog.quiet();
        StandardOutput printed = new StandardOutput();
        PrintWriter out = new PrintWriter(printed, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = new Interruption();
        interruption.watch(() -> err.println(
                "espalier: interrupted in the middle of a piece of work, which the same command computes again"));
        int code = CommandLines.espalier(out, err, interruption).execute(args);
        out.flush();
        if (printed.lost().isPresent()) {
            err.println("espalier: " + printed.lost().get());
            code = code == ExitCode.DONE.number() ? ExitCode.SURROUNDINGS.number() : code;
        }
        err.flush();
        interruption.over();
        System.exit(code);
    }
}
