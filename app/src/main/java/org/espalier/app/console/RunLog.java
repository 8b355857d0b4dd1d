package org.espalier.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.RunFolder;

/** The log of a run, {@code espalier.log} in its folder: appended to, one line an event, times in UTC. */
public final class RunLog implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final Handler file;
    private final List<Handler> silenced = new ArrayList<>();

    private RunLog(Handler file) {
        this.file = file;
        for (Handler handler : ROOT.getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                silenced.add(handler);
                ROOT.removeHandler(handler);
            }
        }
        ROOT.addHandler(file);
    }

    /**
     * Sends everything that is logged to {@code folder/espalier.log}, and nothing of it to the terminal, until closed.
     *
     * @throws SurroundingsException if the file cannot be written
     */
    public static RunLog open(Path folder) {
        try {
            Files.createDirectories(folder);
            // FileHandler takes a pattern, in which % is special.
            String pattern = folder.resolve(RunFolder.LOG).toString().replace("%", "%%");
            FileHandler handler = new FileHandler(pattern, true);
            handler.setEncoding("UTF-8");
            handler.setLevel(Level.INFO);
            handler.setFormatter(new Line());
            return new RunLog(handler);
        } catch (IOException e) {
            throw new SurroundingsException("The log in " + folder + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Stops the chatter of libraries on the terminal where no run folder takes it. */
    public static void quiet() {
        for (Handler handler : ROOT.getHandlers()) {
            handler.setLevel(Level.SEVERE);
        }
    }

    /** Writes one line. */
    public void say(String event) {
        LogRecord line = new LogRecord(Level.INFO, event);
        line.setLoggerName("espalier");
        file.publish(line);
    }

    @Override
    public void close() {
        ROOT.removeHandler(file);
        file.close();
        silenced.forEach(ROOT::addHandler);
    }

    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord line) {
            StringBuilder text = new StringBuilder()
                    .append(TIME.format(line.getInstant()))
                    .append(' ')
                    .append(line.getLevel())
                    .append(' ')
                    .append(line.getLoggerName())
                    .append(": ")
                    .append(formatMessage(line));
            Throwable thrown = line.getThrown();
            if (thrown != null) {
                text.append(" (").append(thrown).append(')');
            }
            return text.append('\n').toString();
        }
    }
}
