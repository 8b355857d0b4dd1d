package org.espalier.app.command;

import java.nio.file.Path;
import org.espalier.app.console.Console;
import org.espalier.model.lora.AdapterMerge;
import org.espalier.workflow.share.MergedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model merge}. */
@Command(name = "merge", description = "Writes a checkpoint with an adapter merged into its weights.")
final class ModelMergeCommand implements Verb {
    @Parameters(converter = HubFolder.class, paramLabel = "DIR", description = "The folder of the model.")
    private Path model;

    @Option(
            names = "--adapter",
            required = true,
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of the adapter.")
    private Path adapter;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for the merged model.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        if (dryRun) {
            AdapterMerge.Plan plan = AdapterMerge.plan(model, adapter, out);
            console.say("Would merge this adapter into " + model + " and write the whole checkpoint to " + out + ":");
            new InventoryText(adapter, false).lines().forEach(console::say);
            console.say("changes     " + plan.changed() + " tensors");
            console.say("disk        " + CostText.size(plan.bytes()));
            console.say("memory      about " + CostText.size(2 * plan.largest()) + " beside Java's own");
            return ExitCode.DONE.number();
        }
        int changed = new MergedModel(model, adapter, out).write(console.progress());
        console.say("Merged " + changed + " tensors; the model is in " + out + ".");
        return ExitCode.DONE.number();
    }
}
