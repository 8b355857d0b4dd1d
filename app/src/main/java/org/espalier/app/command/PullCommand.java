package org.espalier.app.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.hub.Pull;
import org.espalier.hub.PullPlan;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;
import org.espalier.hub.repository.RepositoryName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier pull}. */
@Command(
        name = "pull",
        description = "Fetches a model, an adapter or a data set from a hub into the cache that other programs use too;"
                + " --model, --adapter and --data then take its name.")
final class PullCommand implements Verb, Resumable {
    private static final int SHOWN = 5;

    @Parameters(paramLabel = "OWNER/NAME[@REV]", description = "Whose, which, and a branch, tag or commit of it.")
    private String name;

    @Option(names = "--data", description = "It is a data set.")
    private boolean data;

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Fetch files of this name (* and ? stand for any letters) instead of what Espalier reads of a"
                    + " model (safetensors, json, jinja, txt, md, licences); may be repeated.")
    private List<String> include = List.of();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The hub (default: HF_ENDPOINT, else https://huggingface.co).")
    private Optional<String> endpoint;

    @Option(names = "--dry-run", description = "List files and bytes, and fetch nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        HubPlace usual = HubPlace.of(Map.copyOf(System.getenv()));
        HubPlace place = endpoint.map(usual::at).orElse(usual);
        HubReference what = HubReference.parse(data ? RepositoryName.Kind.DATASET : RepositoryName.Kind.MODEL, name);
        Pull pull = new Pull(what, place, include);
        if (dryRun) {
            PullPlan plan = pull.plan();
            console.say("Would fetch " + Counted.of(plan.files().size(), "file") + " of " + what + " (commit "
                    + plan.commit() + "), " + CostText.size(plan.bytes()) + ", from " + place.endpoint() + " into "
                    + place.cache() + ":");
            plan.files().forEach(file -> console.say("  %12s  %s", CostText.size(file.bytes()), file.path()));
            if (plan.here() > 0) {
                console.say(CostText.size(plan.here()) + " of it are here already.");
            }
            leftOut(plan).ifPresent(console::say);
            return ExitCode.DONE.number();
        }
        Pull.Pulled pulled = pull.run(console.progress());
        console.say(
                (pulled.fetched() == 0 ? "All of it was here: " : "Fetched " + CostText.size(pulled.fetched()) + ": ")
                        + what + " (commit " + pulled.plan().commit() + ") is in " + pulled.folder() + ".");
        leftOut(pulled.plan()).ifPresent(console::say);
        console.say("Use it by its name: " + (data ? "--data " : "--model ") + what
                + (data ? "" : ", or --adapter " + what) + ".");
        return ExitCode.DONE.number();
    }

    private static Optional<String> leftOut(PullPlan plan) {
        List<RemoteFile> others = plan.leftOut();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String some = others.stream()
                .limit(SHOWN)
                .map(RemoteFile::path)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return Optional.of(
                "Left out: " + some + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "")
                        + "; --include fetches them.");
    }
}
