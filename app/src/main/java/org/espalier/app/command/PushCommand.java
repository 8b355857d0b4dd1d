package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.hub.Push;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.espalier.workflow.share.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier push}. */
@Command(
        name = "push",
        description = "Publishes an adapter or a merged model on a hub, with its card and licence. The token is that of"
                + " HF_TOKEN, or of the file that other programs of the hub use.")
final class PushCommand implements Verb {
    @Parameters(index = "0", paramLabel = "DIR", description = "A run of train, an adapter's folder, or a model's.")
    private Path source;

    @Parameters(index = "1", paramLabel = "OWNER/NAME", description = "Where to; it is made if it is not there.")
    private String name;

    @Option(names = "--private", description = "Make it visible to its owner alone.")
    private boolean hidden;

    @Option(
            names = "--base-model",
            paramLabel = "OWNER/NAME",
            description = "By what name others get the base model (default: where it came from, if from a hub).")
    private Optional<String> base;

    @Option(
            names = "--license",
            paramLabel = "NAME",
            description =
                    "Its licence as the hub has it, such as apache-2.0 (default: what the base model's card says).")
    private Optional<String> licence;

    @Option(
            names = "--results",
            paramLabel = "RUN",
            description = "A run of bench that measured the adapter, for the card; may be repeated.")
    private List<Path> results = List.of();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The hub (default: HF_ENDPOINT, else https://huggingface.co).")
    private Optional<String> endpoint;

    @Option(names = "--dry-run", description = "List what would be published, and send nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        HubPlace usual = HubPlace.of(Map.copyOf(System.getenv()));
        HubPlace place = endpoint.map(usual::at).orElse(usual);
        RepositoryName to = HubReference.parse(RepositoryName.Kind.MODEL, name).repository();
        Publication publication = new Publication(
                source,
                to,
                base.map(word -> HubReference.parse(RepositoryName.Kind.MODEL, word)),
                licence,
                results,
                hidden);
        Publication.Plan plan = publication.plan();
        if (dryRun) {
            console.say("Would publish " + Counted.of(plan.files().size(), "file") + ", " + CostText.size(plan.bytes())
                    + ", as " + (hidden ? "the private " : "the public ") + to + " on " + place.endpoint()
                    + plan.base().map(model -> ", for " + model).orElse("") + ":");
            plan.files().forEach((path, bytes) -> console.say("  %12s  %s", CostText.size(bytes), path));
            plan.notes().forEach(console::say);
            return ExitCode.DONE.number();
        }
        plan.notes().forEach(console::say);
        Push.Pushed pushed = publication.run(place, console.progress());
        console.say("Published " + Counted.of(plan.files().size(), "file") + ", " + CostText.size(plan.bytes()) + ": "
                + pushed.address() + " (commit " + pushed.commit() + ").");
        return ExitCode.DONE.number();
    }
}
