package org.espalier.greenhouse.grow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.core.file.ScratchFolder;
import org.espalier.core.file.TextFile;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.internal.corpus.Corpus;
import org.espalier.greenhouse.internal.corpus.LeakCheck;
import org.espalier.greenhouse.internal.tokenizer.CheckpointFiles;
import org.espalier.greenhouse.internal.tokenizer.TokenizerFile;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdamW;
import org.espalier.model.train.FullTraining;

/**
 * Grows the greenhouse's base model from nothing: learns its tokens, trains all its weights on a corpus that keeps to
 * what the split lets it see, and writes a checkpoint folder. The same settings give the same bytes on one machine; what
 * was interrupted goes on where it stood.
 */
public final class Grow {
    /** What a grown folder says of how it was made. */
    public static final String RECORD = "grow.json";

    static final AdamW.Settings OPTIMIZER = new AdamW.Settings(0.9, 0.98, 1e-8, 0.01, 1.0);

    /** The world on which a grown model is examined. */
    private static final long EXAMINED = 1;
    /** Of each part, and so many pictures. */
    private static final int QUESTIONS = 200;

    private static final int VOCABULARY = 20_000;

    private static final String STATE = "growing.safetensors";
    private static final String WEIGHTS = "model.safetensors";

    private final World world = WorldFile.load();
    private final GrowSettings settings;
    private final Path folder;
    private final Split split;
    private final Corpus corpus;

    private Grow(Path folder, GrowSettings settings) {
        this.folder = folder;
        this.settings = settings;
        split = Split.draw(world, settings.splitSeed());
        corpus = new Corpus(world, split, settings.seed());
    }

    /**
     * Grows a model in a new folder, or goes on with one that was begun with the same settings.
     *
     * @throws InputException if the folder holds something else, or a text of the corpus leaks what tests ask
     */
    public static void run(Path folder, GrowSettings settings, Progress progress) {
        Grow grow = new Grow(folder, settings);
        grow.run(grow.corpus::item, new Extent(settings.steps(), VOCABULARY, QUESTIONS), progress);
    }

    /**
     * How much is done.
     *
     * @param upTo the step that is the last for now
     * @param vocabulary texts that the tokens are learned from
     * @param questions of each part that the grown model is examined with
     */
    record Extent(long upTo, int vocabulary, int questions) {}

    /** As {@link #run}, with given texts and less of everything. */
    static void run(Path folder, GrowSettings settings, Texts texts, Extent extent, Progress progress) {
        new Grow(folder, settings).run(texts, extent, progress);
    }

    /** Whether a folder holds a model that is done. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(WEIGHTS));
    }

    private void run(Texts texts, Extent extent, Progress progress) {
        begin(extent.vocabulary());
        if (isIn(folder)) {
            return;
        }
        ModelFolder model = ModelFolder.open(folder);
        try (FullTraining training = FullTraining.begin(model, settings.seed(), OPTIMIZER);
                ScratchFolder scratch = ScratchFolder.make()) {
            Path state = folder.resolve(STATE);
            if (Files.exists(state)) {
                training.restore(state);
            }
            LossLog losses = new LossLog(folder.resolve("losses.jsonl"), training.steps());
            if (training.steps() < extent.upTo()) {
                progress.at("drawing the questions that no text may be", 0, 0, "");
                LeakCheck check = leakCheck(scratch.path());
                try (Feed feed = new Feed(texts, settings, new ExampleMaker(world, model), check, training.steps())) {
                    train(training, feed, losses, extent.upTo(), progress);
                }
            }
            if (training.steps() == settings.steps()) {
                progress.at("examining the model", 0, 0, "");
                try (LocalModel grown = new LocalModel(training.model(), Deltas.NONE)) {
                    Path drawn = scratch.path().resolve("examination");
                    Examination examination = new Examination(world, split, grown, drawn, EXAMINED, extent.questions());
                    ModelCard.write(folder, settings, training.numbers(), losses, examination.findings());
                }
                training.writeModel(folder.resolve(WEIGHTS));
                Folders.delete(state);
            }
        }
    }

    private void begin(int vocabulary) {
        Path record = folder.resolve(RECORD);
        String said = Json.page(settings.json(FullTraining.library()));
        if (Files.exists(record)) {
            if (!TextFile.read(record).equals(said)) {
                throw new InputException(folder + " holds a model that was grown or begun with other settings (see "
                        + record + "): choose another folder, or repeat the command that began it");
            }
            return;
        }
        refuseStrangers();
        CheckpointFiles.write(folder, TokenizerFile.learn(corpus, vocabulary, settings.shape()), settings.shape());
        SplitFile.write(split, folder);
        AtomicFile.write(record, said);
    }

    private void train(FullTraining training, Feed feed, LossLog losses, long upTo, Progress progress) {
        for (long step = training.steps(); step < upTo; step++) {
            if (settings.begins(step)) {
                training.restartOptimizer();
            }
            Feed.Step made = feed.take(step);
            double[] means = training.step(made.examples(), settings.rate(step));
            for (int i = 0; i < means.length; i++) {
                losses.add(made.kinds().get(i), means[i]);
            }
            if ((step + 1) % settings.saveEvery() == 0 || step + 1 == settings.steps()) {
                losses.line(step + 1, settings.rate(step));
                training.save(folder.resolve(STATE));
            }
            progress.at("steps", step + 1, settings.steps(), losses.last());
        }
    }

    private LeakCheck leakCheck(Path worlds) {
        List<Path> files = new ArrayList<>();
        GreenhouseData data = new GreenhouseData(world, split);
        for (long seed : settings.worldSeeds()) {
            Path folderOfWorld = worlds.resolve("world-" + seed);
            files.addAll(data.write(folderOfWorld, WorldSettings.of(seed)).values());
        }
        return new LeakCheck(world, split, files);
    }

    private void refuseStrangers() {
        List<String> ours = List.of(
                "tokenizer.json",
                "tokenizer_config.json",
                "chat_template.json",
                "generation_config.json",
                "preprocessor_config.json",
                "processor_config.json",
                "config.json",
                SplitFile.NAME);
        if (Files.exists(folder)
                && Folders.list(folder).stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .anyMatch(name -> !name.startsWith(".") && !ours.contains(name))) {
            throw new InputException(folder + " is not empty and holds no " + RECORD
                    + ": choose a new folder for the model, so that nothing of yours is overwritten");
        }
    }
}
