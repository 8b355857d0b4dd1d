package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.report.Leaderboard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench leaderboard}. */
@Command(
        name = "leaderboard",
        description = "Ranks the models of some runs of one benchmark, measured in one way; those that cannot be told"
                + " apart share a rank.")
final class BenchLeaderboardCommand implements Verb {
    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Runs of a benchmark, or folders of such runs.")
    private List<Path> runs = List.of();

    @Option(names = "--out", description = "Write it as .md, .csv or .json instead.")
    private Optional<Path> out;

    @Override
    public int run(Console console) {
        Leaderboard board = Leaderboard.of(runs);
        if (out.isEmpty()) {
            board.lines().forEach(console::say);
            return ExitCode.DONE.number();
        }
        String name = out.get().toString().toLowerCase(Locale.ROOT);
        String text = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md" -> board.markdown();
            case "csv" -> board.csv();
            case "json" -> board.json();
            default ->
                throw new InputException(
                        "a leaderboard is written as .md, .csv or .json, and " + out.get() + " is called otherwise");
        };
        AtomicFile.alone(out.get(), text);
        console.say("The leaderboard is in " + out.get() + ".");
        return ExitCode.DONE.number();
    }
}
