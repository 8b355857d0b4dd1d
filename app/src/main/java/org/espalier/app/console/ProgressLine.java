package org.espalier.app.console;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.espalier.core.Progress;

/**
 * How far pieces of work have come, one after the other, in words on a {@link Console}. Work that takes less than two
 * seconds is not mentioned. Thread-safe.
 */
final class ProgressLine implements Progress {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Console console;
    private final Duration pause;
    private final LongSupplier nanoTime;

    private String name = "";
    private volatile String text = "";
    private Mark begun = new Mark(0, 0);
    /** The rate is that since a mark which lies half of the time back at least: the first pieces are often the slowest. */
    private Mark mark = begun;

    private Mark next = begun;
    private long last;
    private boolean shown;

    /** How much was done at a time. */
    private record Mark(long time, long done) {}

    /** A line that changes no more often than once a {@code pause}. */
    ProgressLine(Console console, Duration pause, LongSupplier nanoTime) {
        this.console = console;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** The last state that was to be shown. */
    String text() {
        return text;
    }

    @Override
    public synchronized void at(String work, long done, long total, String note) {
        long now = nanoTime.getAsLong();
        if (!work.equals(name)) {
            end(false);
            name = work;
            begun = new Mark(now, done);
            mark = begun;
            next = begun;
        } else if (now - begun.time() >= 2 * (next.time() - begun.time())) {
            mark = next;
            next = new Mark(now, done);
        }
        Duration elapsed = Duration.ofNanos(now - begun.time());
        boolean finished = total > 0 && done >= total;
        boolean due = shown ? now - last >= pause.toNanos() : elapsed.compareTo(PATIENCE) >= 0;
        if (finished) {
            shown |= due;
            text = ended(done, elapsed, note);
            end(true);
        } else if (due) {
            text = running(done, total, (done - mark.done()) / ((now - mark.time()) / 1e9), note);
            last = now;
            shown = true;
            console.show(this);
        }
    }

    private void end(boolean finished) {
        if (shown) {
            console.leave(this, finished);
        }
        shown = false;
        name = "";
    }

    private String running(long done, long total, double rate, String note) {
        StringBuilder line = new StringBuilder(name);
        if (done > 0 || total > 0) {
            line.append("  ").append(done);
        }
        if (total > 0) {
            line.append('/').append(total);
        }
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
}
