package org.espalier.workflow.greenhouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.core.Progress;
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
import org.espalier.workflow.run.RunPlans;

/**
 * The drawing of the greenhouse's questions: a folder a part, and {@code test.jsonl} that asks those of all parts that test
 * reasoning.
 *
 * @param split what the base model has not seen
 * @param splitSource where that is from
 * @param sources where each size is from
 */
public record WorldDrawing(
        Path out, WorldSettings settings, Split split, String splitSource, Map<Part, String> sources) {
    /** All parts that test reasoning in one file. */
    public static final String TEST = "test.jsonl";

    public WorldDrawing {
        sources = Map.copyOf(sources);
    }

    /** The file of one part. */
    public static Path file(Path world, Part part) {
        return world.resolve(part.label()).resolve("ssui.jsonl");
    }

    /**
     * What one modality alone tells of safe and unsafe to whoever knows exactly how questions are drawn.
     *
     * @param byQuery share of questions that are guessed right from the query, in the part where it is greatest
     * @param byPicture likewise from the picture
     */
    public record Balance(double byQuery, double byPicture) {}

    /** What is in the folder of the run; nothing is written. Refuses what {@link #run} would refuse. */
    public RunFolder.Found plan() {
        return RunFolder.inspect(out, this::runPlan);
    }

    /** All questions. */
    public int questions() {
        return settings.sizes().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** On the disk, about. */
    public double megabytes() {
        return questions() * 0.0055;
    }

    /** That it takes, about. */
    public int seconds() {
        return 1 + questions() / 300;
    }

    private RunPlan runPlan() {
        RunPlan.Builder plan = RunPlans.of("greenhouse world").seed("world", settings.worldSeed());
        plan.setting("split-seed", split.seed(), splitSource);
        settings.sizes()
                .forEach((part, size) -> plan.setting(part.label(), size, sources.getOrDefault(part, "default")));
        return plan.build();
    }

    /** Writes what is not there yet; empty where all was there. */
    public Optional<Balance> run(Progress progress) {
        try (RunFolder folder = RunFolder.open(out, runPlan())) {
            if (folder.finished()) {
                return Optional.empty();
            }
            World world = WorldFile.load();
            Map<Part, Path> files = new GreenhouseData(world, split).write(out, settings, progress);
            List<SsuiSample> test = new ArrayList<>();
            files.forEach((part, file) -> {
                if (part.testsReasoning()) {
                    SsuiFile.read(file).forEach(sample -> test.add(below(part.label() + "/", sample)));
                }
            });
            if (!test.isEmpty()) {
                SsuiFile.write(out.resolve(TEST), test);
            }
            folder.finish();
            return Optional.of(balance(world));
        }
    }

    private Balance balance(World world) {
        List<BayesFigures> figures = settings.sizes().keySet().stream()
                .map(part -> BayesFigures.of(world, new QuestionDraw(world, split, part)))
                .toList();
        return new Balance(most(figures, BayesFigures::query), most(figures, BayesFigures::picture));
    }

    private static double most(List<BayesFigures> figures, ToDoubleFunction<BayesFigures> share) {
        return figures.stream().mapToDouble(share).max().orElse(0);
    }

    /** A sample as a file one folder above names it. */
    private static SsuiSample below(String folder, SsuiSample sample) {
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
