package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.ssui.agent.Agents;
import org.espalier.workflow.greenhouse.AgreementCounts;
import org.espalier.workflow.greenhouse.AgreementCounts.Rate;
import org.espalier.workflow.greenhouse.VerifierAgreement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse agree}. */
@Command(
        name = "agree",
        description = "Measures a judge of answers (explore --verifier judge) against the greenhouse's exact rules: how"
                + " often it calls wrong paths correct and correct ones wrong, each with its 95 %% interval.")
final class GreenhouseAgreeCommand implements Verb, Resumable {
    @Option(
            names = "--trees",
            required = true,
            paramLabel = "RUN",
            description = "The folder of an exploration of greenhouse data, whose paths are judged.")
    private Path trees;

    @Option(names = "--data", description = "The explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @Mixin
    private JudgeVotes judge;

    @Option(names = "--endpoints", description = "Endpoints by name, with limits and prices.")
    private Optional<Path> endpoints;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        VerifierAgreement agreement =
                new VerifierAgreement(trees, data, judge.choice(endpoints.map(Agents::readEndpoints)), out);
        if (dryRun) {
            VerifierAgreement.Plan plan = agreement.plan();
            console.say("Would have " + Counted.of(plan.paths(), "path") + " about "
                    + Counted.of(plan.questions(), "question") + " of " + trees + " judged, into " + out + ".");
            Words.found(out, plan.found()).forEach(console::say);
            CostText.judges(plan.judges()).forEach(console::say);
            return ExitCode.DONE.number();
        }
        tell(console, agreement.run(console.progress()));
        console.say("The verdicts are in " + out.resolve(VerifierAgreement.VERDICTS) + ".");
        return ExitCode.DONE.number();
    }

    private void tell(Console console, AgreementCounts counts) {
        int judged = counts.verdicts().total();
        console.say(
                judged == 0
                        ? "The judge gave no verdict that could be compared."
                        : String.format(
                                Locale.ROOT,
                                "The judge and the rules agree on %.1f %% of %d paths, kappa %.2f.",
                                100 * counts.verdicts().agreement(),
                                judged,
                                counts.verdicts().kappa()));
        counts.falsePositive()
                .ifPresent(rate -> tell(console, "wrong paths that it calls correct (false positives)", rate));
        counts.falseNegative()
                .ifPresent(rate -> tell(console, "correct paths that it calls wrong (false negatives)", rate));
        if (counts.silentOnCorrect() + counts.silentOnWrong() > 0) {
            console.say("  without a verdict: " + counts.silentOnCorrect() + " correct and " + counts.silentOnWrong()
                    + " wrong paths");
        }
    }

    private void tell(Console console, String what, Rate rate) {
        console.say(
                "  %s: %.1f %% of %d, 95 %% interval %.1f to %.1f",
                what,
                100 * rate.share(),
                rate.paths(),
                100 * rate.interval().low(),
                100 * rate.interval().high());
    }
}
