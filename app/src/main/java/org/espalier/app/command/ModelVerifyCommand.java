package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.app.console.Console;
import org.espalier.srpo.verify.OracleCheck;
import org.espalier.srpo.verify.OracleReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code espalier model verify}. */
@Command(
        name = "verify",
        description =
                "Compares a model's arithmetic with the reference values stored beside it: pictures, forward pass,"
                        + " losses, gradients and optimizer, pairwise and as a tree.")
final class ModelVerifyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "A folder as fixtures/qwen2_5_vl.")
    private Path folder;

    ModelVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OracleReport report = OracleCheck.check(folder, console.progress());
        console.say(String.format("%-22s %5s  %18s  %10s", "group", "keys", "largest difference", "tolerance"));
        for (org.espalier.srpo.verify.Group group : report.groups()) {
            console.say(line(group));
        }
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

    private static String line(org.espalier.srpo.verify.Group group) {
        String tolerance = group.tolerance() == 0 ? "equal" : String.format(Locale.ROOT, "%.0e", group.tolerance());
        return String.format(
                Locale.ROOT,
                "%-22s %5d  %18.2e  %10s%s",
                group.name(),
                group.keys(),
                group.largest(),
                tolerance,
                group.fault().isPresent() ? "  DIFFERS" : "");
    }
}
