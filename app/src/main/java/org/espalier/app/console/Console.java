package org.espalier.app.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.espalier.core.Progress;
import org.espalier.core.text.HiddenMarks;

/**
 * What a person sees of a command: lines that stay, and how far the work has come. On a terminal the latter is one line
 * at the bottom that is rewritten, shared by all work that is done at the same time; elsewhere a line now and then.
 * Thread-safe.
 */
public final class Console {
    private static final Duration REWRITE = Duration.ofMillis(200);
    private static final Duration SPARSE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final UnaryOperator<Progress> heard;
    private final Progress progress;
    private String told = "";
    private final List<ProgressLine> shown = new ArrayList<>();

    /**
     * A console.
     *
     * @param out what was asked for
     * @param err how far the work has come
     * @param terminal whether {@code err} is looked at as it is written
     * @param nanoTime the clock, as {@link System#nanoTime}
     * @param heard makes of a progress one that may throw {@link java.util.concurrent.CancellationException}, to stop work
     */
    public Console(
            PrintWriter out, PrintWriter err, boolean terminal, LongSupplier nanoTime, UnaryOperator<Progress> heard) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.heard = heard;
        this.progress = another();
    }

    /** Progress of one piece of work after the other. */
    public Progress progress() {
        return progress;
    }

    /** Progress of work that is done beside the other. */
    public Progress another() {
        return heard.apply(new ProgressLine(this, terminal ? REWRITE : SPARSE, nanoTime));
    }

    /** Looks now and then, until Ctrl-C. */
    public void watch(Consumer<Progress> look) throws InterruptedException {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look.accept(progress);
            }
        } catch (CancellationException _) {
            // What is watched has no other end.
        }
    }

    /** A line that stays. */
    public synchronized void say(String line) {
        erase();
        out.println(HiddenMarks.printed(line));
        out.flush();
        draw();
    }

    /** The same of values in a form, as {@link String#format}. */
    public void say(String form, Object... values) {
        say(String.format(Locale.ROOT, form, values));
    }

    /** A line that stays, beside what was asked for. */
    public synchronized void warn(String line) {
        erase();
        err.println(HiddenMarks.printed(line));
        err.flush();
        draw();
    }

    /** A piece of a line, at once; nothing else is on the screen while it grows. */
    public synchronized void write(String piece) {
        out.print(HiddenMarks.printed(piece));
        out.flush();
    }

    /** A state that a later one replaces. */
    synchronized void show(ProgressLine line) {
        if (!terminal) {
            // A state that stays as it is is told once.
            if (!line.text().equals(told)) {
                err.println(line.text());
                err.flush();
                told = line.text();
            }
            return;
        }
        if (!shown.contains(line)) {
            shown.add(line);
        }
        draw();
    }

    /** A last state: it stays, where the states before it were shown. */
    synchronized void leave(ProgressLine line, boolean finished) {
        boolean stood = shown.contains(line);
        if (stood) {
            erase();
            shown.remove(line);
        }
        if (stood || finished) {
            err.println(line.text());
            err.flush();
        }
        draw();
    }

    private void erase() {
        if (!shown.isEmpty()) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    private void draw() {
        if (!shown.isEmpty()) {
            String all = shown.stream().map(ProgressLine::text).collect(Collectors.joining(" | "));
            String cut = all.length() > WIDTH ? all.substring(0, WIDTH) : all;
            err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            err.flush();
        }
    }
}
