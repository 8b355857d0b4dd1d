package org.espalier.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.app.work.Desk;
import org.espalier.app.work.ModelInventory;
import org.espalier.model.lora.AdapterMerge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model merge}. */
@Command(name = "merge", description = "Writes a checkpoint with an adapter merged into its weights.")
final class ModelMergeCommand implements Callable<Integer> {
    private final Desk desk;

    @Parameters(paramLabel = "DIR", description = "The folder of the model.")
    private Path model;

    @Option(names = "--adapter", required = true, paramLabel = "DIR", description = "The folder of the adapter.")
    private Path adapter;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for the merged model.")
    private Path out;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    ModelMergeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (dryRun) {
            AdapterMerge.Plan plan = AdapterMerge.plan(model, adapter, out);
            desk.say("Would merge this adapter into " + model + " and write the whole checkpoint to " + out + ":");
            new ModelInventory(adapter, false).lines().forEach(desk::say);
            desk.say("changes     " + plan.changed() + " tensors");
            desk.say("disk        " + ModelInventory.size(plan.bytes()));
            desk.say("memory      about " + ModelInventory.size(2 * plan.largest()) + " beside Java's own");
            return ExitCode.DONE.number();
        }
        int changed = AdapterMerge.write(model, adapter, out, desk.progress());
        desk.say("Merged " + changed + " tensors; the model is in " + out + ".");
        return ExitCode.DONE.number();
    }
}
