package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.workflow.studio.StudioSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier studio}. */
@Command(
        name = "studio",
        description = "Opens runs in the browser: drafts to revise, trees, curves and results to look at, answers to"
                + " judge. Listens on this machine alone.")
final class StudioCommand implements Verb {

    @Parameters(
            arity = "0..*",
            paramLabel = "RUN",
            description = "Folders of builds, reviews and other runs, or of several of them (default: runs).")
    private List<Path> runs = List.of();

    @Option(names = "--port", defaultValue = "0", description = "Where to listen; 0 for any that is free.")
    private int port;

    @Option(
            names = "--import",
            description = "Take the samples of an ssui.jsonl as drafts into RUN, which may be new; their pictures lie"
                    + " below the file's folder.")
    private Optional<Path> drafts;

    @Option(names = "--store", paramLabel = "JDBC_URL", description = "RUN's store, if not the one in its folder.")
    private Optional<String> store;

    @Option(names = "--pictures", paramLabel = "DIR", description = "RUN's pictures, if not where it says.")
    private Optional<Path> pictures;

    @Option(names = "--taxonomy", description = "The taxonomy (default: RUN's).")
    private Optional<Path> taxonomy;

    @Option(names = "--dry-run", description = "Say what would be opened, and open nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) throws InterruptedException {
        Words.refusePassword(store);
        Values.within("--port", port, 0, 65535);
        StudioSession session = new StudioSession(runs, port, drafts, store, pictures, taxonomy);
        if (dryRun) {
            StudioSession.Plan plan = session.plan();
            drafts.ifPresent(file -> console.say("Would import the drafts of " + file + " and open them to revise."));
            tellElsewhere(console, plan);
            plan.revised().forEach(folder -> console.say("Would open " + folder + " to revise."));
            plan.lookedAt().forEach(folder -> console.say("Would open " + folder + " to look at."));
            return ExitCode.DONE.number();
        }
        session.importDrafts(console.progress())
                .ifPresent(outcome -> console.say(
                        "Imported " + Counted.of(outcome.added(), "draft") + " of " + outcome.read() + " in "
                                + drafts.orElseThrow()
                                + (outcome.added() < outcome.read() ? "; the others were there already" : "") + "."));
        try (StudioSession.Opened studio = session.open()) {
            serve(console, studio);
        }
        console.say("Closed.");
        return ExitCode.DONE.number();
    }

    private void tellElsewhere(Console console, StudioSession.Plan plan) {
        plan.elsewhere()
                .forEach(folder -> console.say("The drafts of " + folder + " are in another store; espalier studio "
                        + folder + " --store JDBC_URL opens them."));
    }

    /** Until Ctrl-C. */
    private void serve(Console console, StudioSession.Opened studio) throws InterruptedException {
        tellElsewhere(console, studio.opened());
        console.say("The studio is open: " + studio.address());
        console.say("Whoever has this address may revise. Ctrl-C closes it; everything is saved as it is done.");
        // A rate would count the time in which nobody asked.
        console.watch(progress -> progress.at("the studio is open", 0, 0, studio.answered() + " requests answered"));
    }
}
