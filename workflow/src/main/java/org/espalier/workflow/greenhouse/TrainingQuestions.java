package org.espalier.workflow.greenhouse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.espalier.core.Progress;
import org.espalier.core.Seed;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.ScratchFolder;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.GreenhouseTaxonomy;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.ssui.export.Export;
import org.espalier.ssui.export.ExportFunnel;
import org.espalier.ssui.export.ExportSettings;
import org.espalier.ssui.export.Splits;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;

/**
 * The questions of a world that one seed trains on: couples of an unsafe question and its twin, drawn from many, and
 * written as every dataset is.
 */
public final class TrainingQuestions {
    private static final String FOLDER = "questions";
    private static final String SPLIT = "train";

    private TrainingQuestions() {}

    /** Their file. */
    public static Path file(Path world) {
        return world.resolve(FOLDER).resolve("ssui-" + SPLIT + ".jsonl");
    }

    /**
     * Chooses and writes them, in the order of the data.
     *
     * @param wanted an even number
     * @return how many they are
     */
    public static int write(Path world, int wanted, long seed, Progress progress) {
        Path data = WorldDrawing.file(world, Part.TRAIN);
        List<Draft> chosen = chosen(SsuiFile.read(data), wanted, seed).stream()
                .map(sample -> Draft.of(sample.fields()))
                .toList();
        Path out = world.resolve(FOLDER);
        // The card is written last.
        if (!Files.exists(out.resolve("README.md"))) {
            Path taxonomy = world.resolve(PictureDrawing.TAXONOMY);
            AtomicFile.write(taxonomy, Json.page(GreenhouseTaxonomy.of(WorldFile.load())));
            export(chosen, Taxonomy.read(taxonomy), Objects.requireNonNull(data.getParent()), out, progress);
        }
        return chosen.size();
    }

    /**
     * The same questions as lines beside those that they are chosen from, with their pictures, so that several seeds
     * share one world.
     *
     * @return the file
     */
    public static Path writeBeside(Path world, int wanted, long seed) {
        Path data = WorldDrawing.file(world, Part.TRAIN);
        Path file = data.resolveSibling("questions-" + wanted + "-seed-" + seed + ".jsonl");
        if (!Files.exists(file)) {
            SsuiFile.write(file, chosen(SsuiFile.read(data), wanted, seed));
        }
        return file;
    }

    private static List<SsuiSample> chosen(List<SsuiSample> all, int wanted, long seed) {
        int couples = all.size() / 2;
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < couples; i++) {
            numbers.add(i);
        }
        SplittableRandom random = Seed.of(seed, "questions").random();
        for (int i = couples - 1; i > 0; i--) {
            Collections.swap(numbers, i, random.nextInt(i + 1));
        }
        return numbers.stream()
                .limit(wanted / 2)
                .flatMap(couple -> all.subList(2 * couple, 2 * couple + 2).stream())
                .toList();
    }

    private static void export(List<Draft> chosen, Taxonomy taxonomy, Path pictures, Path out, Progress progress) {
        ExportSettings settings = new ExportSettings(
                "Questions of the greenhouse", true, false, Splits.of(SPLIT, 0), 0, Licence.UNKNOWN, taxonomy);
        try (ScratchFolder scratch = ScratchFolder.make();
                Store store = Store.inFolder(scratch.path(), List.of(Drafts.MIGRATIONS))) {
            Drafts drafts = new Drafts(store);
            drafts.putAll(chosen);
            new Export(settings).write(drafts, pictures, new ExportFunnel(List.of()), out, progress);
        }
    }
}
