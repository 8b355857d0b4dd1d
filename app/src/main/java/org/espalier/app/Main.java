package org.espalier.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.espalier.app.command.CommandLines;
import org.espalier.app.console.RunLog;

/** Starts Espalier. The only place that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        RunLog.quiet();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = CommandLines.espalier(out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(code);
    }
}
