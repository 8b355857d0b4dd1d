package org.espalier.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.espalier.app.console.Console;
import org.espalier.app.console.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together: verbs, streams, failures. */
public final class CommandLines {
    private CommandLines() {}

    /** Whether a person looks at what is printed as it comes. */
    static boolean terminal() {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }

    /** The whole command line of Espalier, ready to execute. */
    public static CommandLine espalier(PrintWriter out, PrintWriter err, Interruption interruption) {
        Console console = new Console(out, err, terminal(), System::nanoTime, interruption::heard);
        CommandLine greenhouse = new CommandLine(new GreenhouseCommand())
                .addSubcommand(new GreenhouseWorldCommand(console))
                .addSubcommand(new GreenhouseGrowCommand(console))
                .addSubcommand(new GreenhouseServeCommand(console))
                .addSubcommand(new GreenhouseAgreeCommand(console))
                .addSubcommand(new GreenhouseJudgeCommand(console))
                .addSubcommand(new GreenhouseTeachCommand(console));
        CommandLine model = new CommandLine(new ModelCommand())
                .addSubcommand(new ModelInspectCommand(console))
                .addSubcommand(new ModelVerifyCommand(console))
                .addSubcommand(new ModelMergeCommand(console))
                .addSubcommand(new ModelDoraCommand(console));
        CommandLine perf = new CommandLine(new PerfCommand());
        for (CommandSource source : ServiceLoader.load(CommandSource.class)) {
            source.commands(console::say, console.progress()).forEach(perf::addSubcommand);
        }
        CommandLine bench = new CommandLine(new BenchCommand(console))
                .addSubcommand(new BenchListCommand(console))
                .addSubcommand(new BenchDrawCommand(console))
                .addSubcommand(new BenchCompareCommand(console))
                .addSubcommand(new BenchLeaderboardCommand(console))
                .addSubcommand(new BenchAgreementCommand(console));
        CommandLine ssui = new CommandLine(new SsuiCommand())
                .addSubcommand(new SsuiIntakeCommand(console))
                .addSubcommand(new SsuiRemoveCommand(console))
                .addSubcommand(new SsuiAlikeCommand(console))
                .addSubcommand(new SsuiBuildCommand(console))
                .addSubcommand(new SsuiImportCommand(console))
                .addSubcommand(new SsuiCheckCommand(console))
                .addSubcommand(new SsuiExportCommand(console))
                .addSubcommand(new SsuiTraceCommand(console));
        CommandLine reproduce = new CommandLine(new ReproduceCommand())
                .addSubcommand(new ReproducePaperCommand(console))
                .addSubcommand(new ReproduceGreenhouseCommand(console));
        return of(
                out,
                err,
                List.of(
                        new DemoCommand(console),
                        new StudyCommand(console),
                        reproduce,
                        new ExploreCommand(console),
                        new TrainCommand(console),
                        bench,
                        new ReportCommand(console),
                        new ChatCommand(console, interruption),
                        new ServeCommand(console),
                        model,
                        greenhouse,
                        ssui,
                        new PullCommand(console),
                        new PushCommand(console),
                        new StudioCommand(console),
                        perf,
                        new DoctorCommand(),
                        new SetupCommand(console),
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
