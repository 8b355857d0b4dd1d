package org.espalier.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.app.console.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
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
        return of(
                console,
                out,
                err,
                List.of(
                        new DemoCommand(),
                        new StudyCommand(),
                        Group.of(
                                "reproduce",
                                "Lays a whole experiment out as steps and runs it: the paper's, or the same plan in small.",
                                new ReproducePaperCommand(),
                                new ReproduceGreenhouseCommand()),
                        new ExploreCommand(),
                        new TrainCommand(),
                        with(
                                new BenchCommand(),
                                new BenchListCommand(),
                                new BenchDrawCommand(),
                                new BenchCompareCommand(),
                                new BenchLeaderboardCommand(),
                                new BenchAgreementCommand()),
                        new ReportCommand(),
                        new ChatCommand(interruption),
                        new ServeCommand(),
                        Group.of(
                                "model",
                                "Looks at a model's folder, proves its arithmetic, merges an adapter into it.",
                                new ModelInspectCommand(),
                                new ModelVerifyCommand(),
                                new ModelMergeCommand(),
                                new ModelDoraCommand()),
                        Group.of(
                                "greenhouse",
                                "The small world that comes with Espalier: its data and its base model.",
                                new GreenhouseWorldCommand(),
                                new GreenhouseGrowCommand(),
                                new GreenhouseServeCommand(),
                                new GreenhouseAgreeCommand(),
                                new GreenhouseJudgeCommand(),
                                new GreenhouseTeachCommand()),
                        Group.of(
                                "ssui",
                                "Builds a dataset of safe semantics but unsafe interpretation from a folder of pictures.",
                                new SsuiIntakeCommand(),
                                new SsuiRemoveCommand(),
                                new SsuiAlikeCommand(),
                                new SsuiBuildCommand(),
                                new SsuiImportCommand(),
                                new SsuiCheckCommand(),
                                new SsuiExportCommand(),
                                new SsuiTraceCommand()),
                        new PullCommand(),
                        new PushCommand(),
                        new StudioCommand(),
                        perf(ServiceLoader.load(Verb.class).stream()
                                .map(ServiceLoader.Provider::get)
                                .toArray(Verb[]::new)),
                        new DoctorCommand(),
                        new SetupCommand(),
                        new CompletionCommand()));
    }

    static CommandLine perf(Verb... measurements) {
        return Group.of(
                "perf",
                "Measures speed: of models with random weights, of the dataset builder under load and under kill -9,"
                        + " of a review.",
                measurements);
    }

    static CommandLine with(Verb verb, Verb... below) {
        CommandLine line = new CommandLine(verb);
        Stream.of(below).forEach(line::addSubcommand);
        return line;
    }

    /** A command line of these verbs. */
    static CommandLine of(Console console, PrintWriter out, PrintWriter err, List<?> verbs) {
        Failures failures = new Failures(Place.cache());
        CommandLine line = new CommandLine(new EspalierCommand());
        verbs.forEach(line::addSubcommand);
        // Whatever follows it, a group without verbs has one thing to say.
        line.getSubcommands().values().stream()
                .filter(verb -> verb.getCommand() instanceof Group
                        && verb.getSubcommands().isEmpty())
                .forEach(group -> group.setUnmatchedArgumentsAllowed(true));
        SettingFlags.addTo(line);
        OptionHelp.complete(line);
        Values.readBy(line);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(failures);
        line.setExecutionStrategy(parsed -> {
            CommandLine verb = last(parsed).commandSpec().commandLine();
            Integer helped = CommandLine.executeHelpRequest(parsed);
            try {
                if (helped != null) {
                    return helped;
                }
                OptionCompany.check(last(parsed));
                BlasComparison.settle(EspalierCommand.blas(line), Place.cache());
                return ((Verb) verb.getCommand()).run(console);
            } catch (ParameterException e) {
                throw e;
            } catch (Exception | LinkageError | VirtualMachineError | AssertionError e) {
                return failures.tell(e, verb);
            }
        });
        return line;
    }

    /**
     * What is asked for.
     *
     * @throws UnmatchedArgumentException if a verb is unknown: where help is asked for, picocli would print that of the one above
     */
    private static ParseResult last(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine verb = last.commandSpec().commandLine();
        if (!last.unmatched().isEmpty() && !verb.getSubcommands().isEmpty()) {
            throw new UnmatchedArgumentException(verb, last.unmatched());
        }
        return last;
    }
}
