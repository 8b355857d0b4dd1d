package org.espalier.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.espalier.app.command.CommandLines;
import org.espalier.app.command.ExitCode;
import org.espalier.app.console.Interruption;
import org.espalier.app.console.StandardOutput;
import org.espalier.workflow.run.RunLog;

/** Starts Espalier. The only place that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Numbers look the same everywhere, in what is printed and in what is written.
        Locale.setDefault(Locale.ROOT);
        quietLibraries();
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

    /** What libraries log goes to the log of a run; where there is none, the terminal is told of what is severe. */
    private static void quietLibraries() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.SEVERE);
            handler.setFilter(line -> !RunLog.isOpen());
        }
    }
}
