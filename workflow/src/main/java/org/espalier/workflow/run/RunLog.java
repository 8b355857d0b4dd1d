package org.espalier.workflow.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.RunFolder;

/** The log of a run, {@code espalier.log} in its folder: appended to, one line an event, times in UTC. Thread-safe. */
public final class RunLog implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final LogFile file;

    private RunLog(LogFile file) {
        this.file = file;
        ROOT.addHandler(file);
    }

    /** Whether there is a run that takes what is logged. */
    public static boolean isOpen() {
        return Arrays.stream(ROOT.getHandlers()).anyMatch(LogFile.class::isInstance);
    }

    /**
     * Sends everything that is logged to {@code folder/espalier.log} until closed. Other handlers of the process hear it too;
     * {@link #isOpen} lets them keep quiet.
     *
     * @throws org.espalier.core.InputException if the file is a link or a pipe
     * @throws org.espalier.core.SurroundingsException if it cannot be written
     */
    public static RunLog open(Path folder) {
        Path log = folder.resolve(RunFolder.LOG);
        return FileTrouble.writing(log, () -> {
            Files.createDirectories(folder);
            FileTrouble.refuseLink(log);
            FileTrouble.refusePipe(log);
            Writer out = Channels.newWriter(
                    FileChannel.open(
                            log, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                    StandardCharsets.UTF_8);
            return to(log, out);
        });
    }

    /** {@link #open}, for what is written by {@code out}; {@code log} is its name. */
    static RunLog to(Path log, Writer out) {
        return new RunLog(new LogFile(log, out));
    }

    /**
     * Writes one line.
     *
     * @throws org.espalier.core.SurroundingsException if the log cannot be written any more
     */
    public void say(String event) {
        LogRecord line = new LogRecord(Level.INFO, event);
        line.setLoggerName("espalier");
        file.publish(line);
        file.failure().ifPresent(e -> {
            throw FileTrouble.writing(file.log, e);
        });
    }

    @Override
    public void close() {
        ROOT.removeHandler(file);
        file.end();
    }

    /** Appends lines. A library that logs is not stopped where that fails, and nothing is printed of it. */
    private static final class LogFile extends Handler {
        private final Path log;
        private final Writer out;
        private Optional<IOException> failure = Optional.empty();

        LogFile(Path log, Writer out) {
            this.log = log;
            this.out = out;
            setLevel(Level.INFO);
            setFormatter(new Line());
        }

        synchronized Optional<IOException> failure() {
            return failure;
        }

        @Override
        public synchronized void publish(LogRecord line) {
            if (!isLoggable(line) || failure.isPresent()) {
                return;
            }
            try {
                out.write(getFormatter().format(line));
                out.flush();
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }

        @Override
        public void flush() {
            // Every line is.
        }

        /** The JDK closes every handler as soon as the process is told to end, while a run still puts away what it has. */
        @Override
        public void close() {
            flush();
        }

        synchronized void end() {
            try {
                out.close();
            } catch (IOException e) {
                // Whatever could not be written has been told, or is what a library said.
                failure = failure.or(() -> Optional.of(e));
            }
        }
    }

    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord line) {
            Throwable thrown = line.getThrown();
            return TIME.format(line.getInstant()) + " " + line.getLevel() + " " + line.getLoggerName() + ": "
                    + formatMessage(line) + (thrown == null ? "" : " (" + thrown + ")") + "\n";
        }
    }
}
