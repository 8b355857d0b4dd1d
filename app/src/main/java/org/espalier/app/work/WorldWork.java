package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.espalier.core.Question;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.BayesFigures;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.QuestionDraw;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;

/**
 * Writes the greenhouse's questions: a folder a part, and {@code test.jsonl} that asks those of all test parts.
 *
 * @param split what the base model has not seen
 * @param splitSource where that is from
 * @param sources where each size is from
 */
public record WorldWork(Path out, WorldSettings settings, Split split, String splitSource, Map<Part, String> sources) {
    /** All test parts in one file. */
    public static final String TEST = "test.jsonl";

    public WorldWork {
        sources = Map.copyOf(sources);
    }

    /** The file of one part. */
    public static Path file(Path world, Part part) {
        return world.resolve(part.label()).resolve("ssui.jsonl");
    }

    /** Says what would be written. */
    public void foresee(Desk desk) {
        desk.say("Would draw world " + settings.worldSeed() + " into " + out + ":");
        Destination.foresee(desk, out, this::plan);
        settings.sizes()
                .forEach((part, size) ->
                        desk.say("  %-18s %5d questions, %s".formatted(part.label(), size, part.split())));
        int all = settings.sizes().values().stream().mapToInt(Integer::intValue).sum();
        desk.say("  about %.1f MB and %d s; held out: split %d of %s"
                .formatted(all * 0.0055, 1 + all / 300, split.seed(), splitSource));
    }

    private RunPlan plan() {
        RunPlan.Builder plan = Machine.plan("greenhouse world").seed("world", settings.worldSeed());
        plan.setting("split-seed", split.seed(), splitSource);
        settings.sizes()
                .forEach((part, size) -> plan.setting(part.label(), size, sources.getOrDefault(part, "default")));
        return plan.build();
    }

    /** Writes what is not there yet. */
    public void run(Desk desk) {
        try (RunFolder folder = RunFolder.open(out, plan())) {
            if (folder.finished()) {
                return;
            }
            World world = WorldFile.load();
            Map<Part, Path> files = new GreenhouseData(world, split).write(out, settings, desk.progress());
            List<SsuiSample> test = new ArrayList<>();
            files.forEach((part, file) -> {
                if (part.name().startsWith("TEST_")) {
                    SsuiFile.read(file).forEach(sample -> test.add(below(part.label() + "/", sample)));
                }
            });
            if (!test.isEmpty()) {
                SsuiFile.write(out.resolve(TEST), test);
            }
            folder.finish();
            sayWhatOneModalityTells(world, desk);
        }
    }

    private void sayWhatOneModalityTells(World world, Desk desk) {
        List<BayesFigures> figures = settings.sizes().keySet().stream()
                .map(part -> BayesFigures.of(world, new QuestionDraw(world, split, part)))
                .toList();
        desk.say(String.format(
                Locale.ROOT,
                "Neither half decides alone: who knows exactly how questions are drawn guesses safe or unsafe right in at"
                        + " most %.0f %% from the query and %.0f %% from the picture.",
                100 * most(figures, BayesFigures::query),
                100 * most(figures, BayesFigures::picture)));
    }

    private static double most(List<BayesFigures> figures, ToDoubleFunction<BayesFigures> share) {
        return figures.stream().mapToDouble(share).max().orElse(0);
    }

    /** A sample as a file one folder above names it. */
    static SsuiSample below(String folder, SsuiSample sample) {
        Question question = sample.question();
        return new SsuiSample(
                sample.id(),
                folder + sample.image(),
                question,
                sample.reference(),
                sample.answer(),
                sample.risk(),
                sample.category(),
                sample.fields());
    }
}
