package org.espalier.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.espalier.app.command.CommandLines;
import org.espalier.app.console.Interruption;
import org.espalier.app.console.RunLog;

/** Starts Espalier. The only place that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Numbers look the same everywhere, in what is printed and in what is written.
        Locale.setDefault(Locale.ROOT);
        RunLog.quiet();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = new Interruption();
        interruption.watch();
        int code = CommandLines.espalier(out, err, interruption).execute(args);
        out.flush();
        err.flush();
        interruption.over();
        System.exit(code);
    }
}
