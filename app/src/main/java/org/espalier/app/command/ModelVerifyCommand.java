package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Locale;
import org.espalier.app.console.Console;
import org.espalier.tensor.Device;
import org.espalier.verify.ComparedGroup;
import org.espalier.verify.OracleCheck;
import org.espalier.verify.OracleReport;
import org.espalier.verify.Tolerance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model verify}. */
@Command(
        name = "verify",
        description =
                "Compares a model's arithmetic with the reference values stored beside it: pictures, forward pass,"
                        + " losses, gradients and optimizer, pairwise and as a tree. Computes in float64, and tells how far"
                        + " float32 is from it.")
final class ModelVerifyCommand implements Verb {
    @Parameters(paramLabel = "DIR", description = "A folder as fixtures/qwen2_5_vl.")
    private Path folder;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "NAME",
            description = "What computes: cpu, or cuda:N for a GPU.")
    private String device;

    @Override
    public int run(Console console) {
        OracleReport report = OracleCheck.check(folder, Device.parse(device), console.progress());
        console.say("a: computed in float64, then rounded to float32. b: stored. They agree where " + Tolerance.RULE
                + "; whole numbers and 8-bit pixels where they are equal.");
        report.rounded()
                .ifPresent(rounded -> console.say("b was rounded to float32 on its way: of " + rounded.of() + " logits "
                        + rounded.equal() + " are equal to the last digit. So they agree where "
                        + Tolerance.RULE_OF_ROUNDED + ", d being the distance of float32 from float64 that was"
                        + " measured here, at most 1e-4; after AdamW where " + Tolerance.RULE_OF_STEPS
                        + ", d being that of srpo's gradients g."));
        console.say("%-24s %5s  %10s  %10s  %9s", "group", "keys", "of rule", "of allowed", "float32 d");
        report.groups().forEach(group -> console.say(line(group)));
        report.groups().stream()
                .filter(group -> group.fault().isPresent())
                .forEach(group ->
                        console.say(group.name() + " differs: " + group.fault().orElseThrow() + "."));
        if (!report.unknown().isEmpty()) {
            console.say("unknown: " + report.unknown().size() + " keys were not compared: "
                    + String.join(", ", report.unknown()) + ".");
        }
        if (!report.lacking().isEmpty()) {
            console.say("lacking: " + report.lacking().size()
                    + " values that belong to a whole file are not in it, the first is "
                    + report.lacking().getFirst() + ".");
        }
        if (report.agrees()) {
            console.say("Every value agrees.");
            return ExitCode.DONE.number();
        }
        return ExitCode.NO.number();
    }

    private static String line(ComparedGroup group) {
        String verdict = group.fault().isPresent() ? "DIFFERS" : "agrees";
        return group.exact()
                ? String.format(
                        Locale.ROOT,
                        "%-24s %5d  %10s  %10s  %9s  %s",
                        group.name(),
                        group.keys(),
                        equality(group.ofRule()),
                        "",
                        equality(group.float32()),
                        verdict)
                : String.format(
                        Locale.ROOT,
                        "%-24s %5d  %10.3g  %10.3g  %9.1e  %s",
                        group.name(),
                        group.keys(),
                        group.ofRule(),
                        group.ofAllowed(),
                        group.float32(),
                        verdict);
    }

    private static String equality(double difference) {
        return difference == 0 ? "equal" : String.format(Locale.ROOT, "off by %.0f", difference);
    }
}
