package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.core.PathTree;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.core.text.Counted;
import org.espalier.model.LoadedModel;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.Trainer;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.tensor.Device;

/**
 * Trains an adapter on explored trees (Eq. 5-9, and the baselines).
 *
 * @param anyLicence whether data whose terms forbid training are trained on all the same
 * @param rules who verifies where the training explores again
 * @param explore how it explores again
 */
public record TrainWork(
        Path model,
        Path trees,
        Optional<Path> data,
        Path out,
        boolean anyLicence,
        Rules rules,
        Resolved<RunSettings> run,
        Resolved<TrainSettings> train,
        Resolved<ExploreSettings> explore) {
    /** The adapter's folder inside that of the run. */
    public static final String ADAPTER = "adapter";

    /**
     * What came of it.
     *
     * @param questions that the method could use; empty where the training had come to its end before
     */
    public record Done(OptionalInt questions, int explored) {
        /** In a few words. */
        public String text() {
            return questions.isPresent()
                    ? questions.getAsInt() + " of " + explored + " questions"
                    : "done before, " + explored + " questions explored";
        }
    }

    private String label() {
        return train.settings().objective().name();
    }

    /** Says what would be done. */
    public void foresee(Desk desk) {
        ExploredRun explored = explored();
        List<PathTree> all = explored.read();
        try (Forecast forecast = Forecast.of(model)) {
            desk.say("Would train " + label() + " on " + Counted.of(all.size(), "question") + " of " + trees + " with "
                    + model + " into " + out + ".");
            Destination.foresee(desk, out, () -> plan(explored, Sha256.of(model)));
            refreshing(explored, desk);
            forecast.model(desk);
            forecast.training(
                    desk, all, explored.data(), train.settings(), run.settings().seed());
        }
    }

    /** Trains, or goes on training. */
    public Done run(Desk desk) {
        ExploredRun explored = explored();
        List<PathTree> all = explored.read();
        String modelHash = Sha256.of(model);
        try (RunFolder folder = RunFolder.open(out, plan(explored, modelHash));
                RunLog log = RunLog.open(out)) {
            // Where the adapter is gone, the training's last state is read and the adapter written again.
            if (folder.finished() && AdapterFiles.isIn(out.resolve(ADAPTER))) {
                return new Done(OptionalInt.empty(), all.size());
            }
            log.say("training " + label() + " on " + all.size() + " questions");
            refreshing(explored, desk);
            int used = train(all, explored, modelHash, desk);
            folder.finish();
            log.say("trained on " + used + " questions");
            return new Done(OptionalInt.of(used), all.size());
        }
    }

    /** Trees of two kinds are trained on as one: whoever does not mean that is told in time. */
    private void refreshing(ExploredRun explored, Desk desk) {
        List<String> differences = train.settings().refresh() > 0 ? explored.differences(explore.origins()) : List.of();
        if (!differences.isEmpty()) {
            desk.say("  explores again otherwise than " + trees + " was: " + String.join(", ", differences)
                    + "; the same flags and recipe make it the same");
        }
    }

    private RunPlan plan(ExploredRun explored, String modelHash) {
        RunPlan.Builder plan =
                Machine.computing("train").seed("seed", run.settings().seed());
        train.into(plan);
        if (train.settings().refresh() > 0) {
            explore.into(plan);
        }
        if (anyLicence) {
            plan.setting("allow-licence", true, "flag --allow-licence");
        }
        return plan.input("model", model, modelHash)
                .input("trees", explored.trees())
                .input("data", explored.data())
                .build();
    }

    private ExploredRun explored() {
        ExploredRun explored = ExploredRun.of(trees, data);
        if (!anyLicence) {
            SampleLicences.refuse(explored.data(), SsuiFile.read(explored.data()));
        }
        return explored;
    }

    private int train(List<PathTree> all, ExploredRun explored, String modelHash, Desk desk) {
        try (LoadedModel loaded = LoadedModel.open(model, Device.CPU)) {
            Again again = new Again(loaded, explored, modelHash, desk);
            return new Trainer(loaded, train.settings(), run.settings().seed())
                    .train(all, explored.data(), out, model.toString(), again::explore, desk.progress());
        }
    }

    /** Explores with the model as it stands, into a folder of its own beside the adapter. */
    private final class Again {
        private final LoadedModel loaded;
        private final ExploredRun explored;
        private final String modelHash;
        private final Desk desk;

        Again(LoadedModel loaded, ExploredRun explored, String modelHash, Desk desk) {
            this.loaded = loaded;
            this.explored = explored;
            this.modelHash = modelHash;
            this.desk = desk;
        }

        List<PathTree> explore(int round, Deltas current) {
            var samples = SsuiFile.read(explored.data());
            PathTree.Origin origin = new PathTree.Origin(
                    modelHash,
                    loaded.tokenizer().sha256(),
                    label() + " before refresh " + round,
                    run.settings().seed() + round,
                    explore.settings().temperature());
            Path folder = out.resolve("refresh-" + round);
            try (LocalModel sampler = new LocalModel(loaded, current)) {
                new Explorer(
                                sampler,
                                rules.of(samples).verifier(),
                                explore.settings(),
                                DemonstrationPool.of(samples),
                                origin)
                        .explore(samples, folder, desk.progress());
            }
            return TreeFile.read(folder.resolve(TreeFile.NAME));
        }
    }
}
