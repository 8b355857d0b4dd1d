package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import org.espalier.app.console.Console;
import org.espalier.bench.run.RunComparison;
import org.espalier.workflow.bench.RunsSideBySide;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench compare}. */
@Command(name = "compare", description = "Compares two runs of a benchmark question by question, with a sign test.")
final class BenchCompareCommand implements Verb {
    @Parameters(arity = "2", paramLabel = "RUN", description = "Two runs of the same benchmark.")
    private List<Path> runs;

    @Option(names = "--mix-protocols", description = "Compare although the two were measured differently; says how.")
    private boolean mix;

    @Override
    public int run(Console console) {
        RunsSideBySide both = RunsSideBySide.of(runs.getFirst(), runs.getLast(), mix);
        console.say(both.benchmark() + ", question by question: " + both.first() + " against " + both.second());
        both.differences().forEach(difference -> console.say("  measured differently: " + difference));
        boolean one = both.merits().size() == 1;
        both.merits().forEach((merit, comparison) -> tell(console, one ? "" : merit + " ", comparison));
        if (both.merits().isEmpty()) {
            console.say("  the two have no question in common that counts in both");
        }
        return ExitCode.DONE.number();
    }

    private void tell(Console console, String of, RunComparison comparison) {
        console.say(
                "  %sdifference %+.1f points (%+.1f to %+.1f) over %d questions%s",
                of,
                100 * comparison.difference(),
                100 * comparison.interval().low(),
                100 * comparison.interval().high(),
                comparison.units(),
                comparison.apart() == 0
                        ? ""
                        : "; " + comparison.apart() + " count in only one of them and are left out");
        console.say(
                "  better on %d, equal on %d, worse on %d; sign test p = %.3g",
                comparison.signs().better(),
                comparison.ties(),
                comparison.signs().worse(),
                comparison.signs().probability());
    }
}
