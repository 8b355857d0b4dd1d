package org.espalier.app.work;

import java.io.PrintWriter;
import org.espalier.core.Progress;

/**
 * Where work speaks.
 *
 * @param out what a person asked for
 * @param progress how far it has come; may throw {@link java.util.concurrent.CancellationException} to stop the work
 */
public record Desk(PrintWriter out, Progress progress) {
    public void say(String line) {
        out.println(line);
        out.flush();
    }
}
