package org.espalier.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.text.HiddenMarks;
import org.espalier.core.text.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person of wrong usage and of failures, and gives the exit code. */
final class Failures implements IParameterExceptionHandler {
    private final Path faults;

    /** Details of our own faults are written below {@code faults}. */
    Failures(Path faults) {
        this.faults = faults;
    }

    /** Prints one sentence (the stack trace too with {@code --debug}) and returns the exit code. */
    int tell(Throwable thrown, CommandLine command) {
        PrintWriter err = command.getErr();
        Failure failure = Failure.of(thrown);
        boolean resumable = failure.code() == ExitCode.INTERRUPTED
                && command.getCommandSpec().userObject() instanceof Resumable;
        err.println("espalier: " + HiddenMarks.printed(failure.sentence())
                + (resumable ? "; the same command resumes it" : ""));
        if (EspalierCommand.debug(command)) {
            thrown.printStackTrace(err);
        } else if (failure.code() == ExitCode.FAULT) {
            err.println(keep(thrown));
        }
        err.flush();
        return failure.code().number();
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        String sentence = switch (wrong) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched, name);
            // What is missing may be there with a slip of the hand.
            case MissingParameterException missing ->
                mistyped(command, args).orElse(String.valueOf(missing.getMessage()));
            default -> String.valueOf(wrong.getMessage());
        };
        err.println(HiddenMarks.printed(sentence));
        err.println("'" + name + " --help' lists what it takes.");
        err.flush();
        return ExitCode.WRONG_USE.number();
    }

    private static Optional<String> mistyped(CommandLine command, String[] args) {
        Set<String> known = command.getCommandSpec().optionsMap().keySet();
        return Arrays.stream(args)
                .filter(word -> word.matches("--[A-Za-z].*") && !known.contains(word.replaceFirst("=.*", "")))
                .findFirst()
                .map(word -> unknown(command, word, command.getCommandSpec().qualifiedName()));
    }

    private static String unknown(UnmatchedArgumentException wrong, String name) {
        return unknown(wrong.getCommandLine(), wrong.getUnmatched().getFirst(), name);
    }

    private static String unknown(CommandLine command, String word, String name) {
        boolean option = word.startsWith("-");
        int value = word.indexOf('=');
        String known = option
                ? Nearest.suggestion(
                        value < 0 ? word : word.substring(0, value),
                        command.getCommandSpec().optionsMap().keySet())
                : Nearest.suggestion(word, command.getSubcommands().keySet());
        return "'" + name + "' knows no " + (option ? "option " : "word ") + word + known + ".";
    }

    private String keep(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        try {
            Files.createDirectories(faults);
            Path file = faults.resolve("fault.log");
            Files.writeString(file, trace.toString());
            return "The details are in " + file + "; with --debug they are printed.";
        } catch (IOException e) {
            return "With --debug the details are printed.";
        }
    }
}
