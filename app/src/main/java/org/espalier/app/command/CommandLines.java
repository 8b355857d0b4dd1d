package org.espalier.app.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Interruption;
import org.espalier.app.console.Screen;
import org.espalier.app.work.Desk;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together: verbs, streams, failures. */
public final class CommandLines {
    private CommandLines() {}

    /** Whether a person looks at what is printed as it comes. */
    static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** The whole command line of Espalier, ready to execute. */
    public static CommandLine espalier(PrintWriter out, PrintWriter err, Interruption interruption) {
        Screen screen = new Screen(out, err, terminal(), System::nanoTime);
        Desk desk = new Desk(screen, interruption::heard);
        CommandLine greenhouse = new CommandLine(new GreenhouseCommand())
                .addSubcommand(new GreenhouseWorldCommand(desk))
                .addSubcommand(new GreenhouseGrowCommand(desk))
                .addSubcommand(new GreenhouseServeCommand(desk));
        CommandLine model = new CommandLine(new ModelCommand())
                .addSubcommand(new ModelInspectCommand(desk))
                .addSubcommand(new ModelVerifyCommand(desk))
                .addSubcommand(new ModelMergeCommand(desk));
        CommandLine perf = new CommandLine(new PerfCommand())
                .addSubcommand(new PerfTreeCommand(desk))
                .addSubcommand(new PerfDecodeCommand(desk))
                .addSubcommand(new PerfStudioCommand(desk))
                .addSubcommand(new PerfCrashCommand(desk))
                .addSubcommand(new PerfSharedCommand(desk))
                .addSubcommand(new PerfLoadCommand(desk));
        CommandLine bench = new CommandLine(new BenchCommand(desk))
                .addSubcommand(new BenchListCommand(desk))
                .addSubcommand(new BenchDrawCommand(desk))
                .addSubcommand(new BenchCompareCommand(desk))
                .addSubcommand(new BenchAgreementCommand(desk));
        CommandLine ssui = new CommandLine(new SsuiCommand())
                .addSubcommand(new SsuiIntakeCommand(desk))
                .addSubcommand(new SsuiRemoveCommand(desk))
                .addSubcommand(new SsuiBuildCommand(desk))
                .addSubcommand(new SsuiImportCommand(desk))
                .addSubcommand(new SsuiCheckCommand(desk))
                .addSubcommand(new SsuiExportCommand(desk))
                .addSubcommand(new SsuiTraceCommand(desk));
        return of(
                out,
                err,
                List.of(
                        new DemoCommand(desk),
                        new ExploreCommand(desk),
                        new TrainCommand(desk),
                        bench,
                        new ReportCommand(desk),
                        new ChatCommand(desk, interruption),
                        model,
                        greenhouse,
                        ssui,
                        new StudioCommand(desk),
                        perf,
                        new DoctorCommand(),
                        new CompletionCommand()));
    }

    /** A command line of these verbs. */
    static CommandLine of(PrintWriter out, PrintWriter err, List<?> verbs) {
        Failures failures = new Failures(Place.cache());
        CommandLine line = new CommandLine(new EspalierCommand());
        verbs.forEach(line::addSubcommand);
        // Whatever follows it, a group without verbs has one thing to say.
        line.getSubcommands().values().stream()
                .filter(verb -> verb.getCommand() instanceof Group
                        && verb.getSubcommands().isEmpty())
                .forEach(group -> group.setUnmatchedArgumentsAllowed(true));
        SettingFlags.addTo(line);
        Values.readBy(line);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setExecutionStrategy(parsed -> {
            refuseUnknownVerb(parsed);
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (LinkageError | VirtualMachineError | AssertionError e) {
                // picocli would let these pass by the handler above.
                return failures.tell(e, line);
            }
        });
        return line;
    }

    /** picocli passes over it where help is asked for, and would print that of the verb above. */
    private static void refuseUnknownVerb(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine verb = last.commandSpec().commandLine();
        if (!last.unmatched().isEmpty() && !verb.getSubcommands().isEmpty()) {
            throw new UnmatchedArgumentException(verb, last.unmatched());
        }
    }
}
