package org.espalier.app.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.espalier.core.Progress;

/**
 * Shows how far a piece of work has come: on a terminal one line that is rewritten, elsewhere a line now and then. Work
 * that takes less than two seconds is not mentioned. Thread-safe.
 */
public final class ProgressLine implements Progress {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration REWRITE = Duration.ofMillis(200);
    private static final Duration SPARSE = Duration.ofSeconds(10);
    private static final int WIDTH = 100;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    private String name = "";
    private long started;
    private long startedAt;
    private long last;
    private boolean shown;

    /**
     * A line on {@code err}.
     *
     * @param terminal whether {@code err} is looked at as it is written
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public ProgressLine(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void at(String work, long done, long total, String note) {
        long now = nanoTime.getAsLong();
        if (!work.equals(name)) {
            end();
            name = work;
            started = now;
            startedAt = done;
        }
        Duration elapsed = Duration.ofNanos(now - started);
        boolean finished = total > 0 && done >= total;
        Duration pause = terminal ? REWRITE : SPARSE;
        boolean due = shown ? now - last >= pause.toNanos() : elapsed.compareTo(PATIENCE) >= 0;
        if (finished ? shown || due : due) {
            write(finished ? ended(done, elapsed, note) : running(done, total, elapsed, note));
            last = now;
            shown = true;
        }
        if (finished) {
            end();
        }
    }

    /** Leaves the line as it stands; what follows starts a new one. */
    public synchronized void end() {
        if (shown && terminal) {
            err.println();
        }
        err.flush();
        shown = false;
        name = "";
    }

    private String running(long done, long total, Duration elapsed, String note) {
        StringBuilder line = new StringBuilder(name).append("  ").append(done);
        if (total > 0) {
            line.append('/').append(total);
        }
        double rate = (done - startedAt) / (elapsed.toNanos() / 1e9);
        if (rate > 0) {
            line.append("  ").append(rate(rate));
            if (total > 0) {
                line.append("  about ")
                        .append(Durations.text(Duration.ofMillis((long) ((total - done) / rate * 1000))))
                        .append(" left");
            }
        }
        return note.isEmpty() ? line.toString() : line.append("  ").append(note).toString();
    }

    private String ended(long done, Duration elapsed, String note) {
        return name + "  " + done + " in " + Durations.text(elapsed) + (note.isEmpty() ? "" : "  " + note);
    }

    private static String rate(double aSecond) {
        return aSecond >= 1
                ? Math.round(aSecond * 10) / 10.0 + " a second"
                : Durations.text(Duration.ofMillis((long) (1000 / aSecond))) + " each";
    }

    private void write(String line) {
        if (terminal) {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
            err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            err.flush();
        } else {
            err.println(line);
        }
    }
}
