package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.app.console.Console;
import org.espalier.app.work.JudgeMeasurement;
import org.espalier.core.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench agreement}. */
@Command(
        name = "agreement",
        description = "Measures the judge of a run: how far it agrees with exact rules, with people, or with another"
                + " judge, where it errs, and what it cost.")
final class BenchAgreementCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "A run whose judge is measured.")
    private Path run;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Against the greenhouse's exact rules on the questions of this ssui.jsonl.")
    private Optional<Path> rules;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Against labels of people: the studio's human-labels.jsonl (most voices count), or JSON lines in"
                            + " the form of judgements.jsonl.")
    private Optional<Path> labels;

    @Option(names = "--against", paramLabel = "RUN", description = "Against the judge of another run of these answers.")
    private Optional<Path> against;

    BenchAgreementCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (java.util.stream.Stream.of(rules, labels, against)
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new InputException("say whom to measure the judge against by one of --rules, --labels, --against");
        }
        JudgeMeasurement.of(run, rules, labels, against).lines().forEach(console::say);
        return ExitCode.DONE.number();
    }
}
