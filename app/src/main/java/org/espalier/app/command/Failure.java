package org.espalier.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told of something that was thrown, and the exit code that goes with it.
 *
 * @param sentence ready to be printed
 */
record Failure(ExitCode code, String sentence) {
    /** The outermost known kind among the thrown and its causes decides; what no kind fits is a fault of ours. */
    static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Failure known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new Failure(
                ExitCode.FAULT,
                "this is a fault of Espalier: " + thrown.getClass().getSimpleName() + ": " + firstLine(thrown));
    }

    private static @Nullable Failure known(Throwable thrown) {
        return switch (thrown) {
            case InputException e -> new Failure(ExitCode.WRONG_USE, text(e));
            case SurroundingsException e -> new Failure(ExitCode.SURROUNDINGS, text(e));
            case InterruptedException _, CancellationException _ -> new Failure(ExitCode.INTERRUPTED, "interrupted");
            case OutOfMemoryError e ->
                new Failure(
                        ExitCode.SURROUNDINGS,
                        "memory ran out (" + text(e)
                                + "): close other programs, take a smaller batch, or give Java more with"
                                + " ESPALIER_JAVA_OPTS=-Xmx4g");
            case NoSuchFileException e -> new Failure(ExitCode.WRONG_USE, "there is no file or folder " + e.getFile());
            case AccessDeniedException e ->
                new Failure(ExitCode.SURROUNDINGS, "permission to use " + e.getFile() + " is denied");
            case FileSystemException e -> new Failure(ExitCode.SURROUNDINGS, "the file system failed: " + text(e));
            case InvalidPathException e ->
                new Failure(ExitCode.WRONG_USE, "\"" + e.getInput() + "\" is no name of a file: " + e.getReason());
            case UncheckedIOException e when e.getCause() == null -> new Failure(ExitCode.SURROUNDINGS, text(e));
            case IOException e -> new Failure(ExitCode.SURROUNDINGS, "reading or writing failed: " + text(e));
            // libtorch reports an allocation it could not make as a plain exception with this text.
            case RuntimeException e
            when text(e).contains("DefaultCPUAllocator") || text(e).contains("out of memory") ->
                new Failure(
                        ExitCode.SURROUNDINGS,
                        "memory ran out in libtorch (" + firstLine(e) + "): take a smaller batch or a smaller model");
            default -> null;
        };
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private static String firstLine(Throwable thrown) {
        return text(thrown).lines().findFirst().orElse("");
    }
}
