package org.espalier.greenhouse.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.Progress;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.ScenePainter;
import org.espalier.greenhouse.internal.picture.ScenePng;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Category;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;
import tools.jackson.databind.node.ObjectNode;

/** Writes a world's questions as ordinary SSUI data: a folder a part, with {@code ssui.jsonl} and {@code images/}. */
public final class GreenhouseData {
    private final World world;
    private final Split split;
    private final ScenePainter painter;

    public GreenhouseData(World world, Split split) {
        this.world = world;
        this.split = split;
        this.painter = new ScenePainter();
    }

    /**
     * Draws and writes every part that the settings ask for.
     *
     * @return the {@code ssui.jsonl} of each part
     */
    public Map<Part, Path> write(Path folder, WorldSettings settings) {
        return write(folder, settings, Progress.SILENT);
    }

    /** The same, telling how far it has come. */
    public Map<Part, Path> write(Path folder, WorldSettings settings, Progress progress) {
        Map<Part, Path> files = new EnumMap<>(Part.class);
        int all = settings.sizes().values().stream().mapToInt(Integer::intValue).sum();
        int[] done = {0};
        progress.at("draw questions", 0, all, "");
        settings.sizes().forEach((part, size) -> {
            Path file = folder.resolve(part.label()).resolve("ssui.jsonl");
            write(file, part, settings.worldSeed(), size, () -> {
                done[0] += 2;
                progress.at("draw questions", done[0], all, part.label());
            });
            files.put(part, file);
        });
        return files;
    }

    private void write(Path file, Part part, long worldSeed, int size, Runnable drawn) {
        QuestionDraw draw = new QuestionDraw(world, split, part);
        List<SsuiSample> samples = new ArrayList<>();
        Path folder = file.resolveSibling("images");
        try {
            Files.createDirectories(folder);
            for (int n = 0; n < size / 2; n++) {
                QuestionDraw.Couple couple = draw.couple(worldSeed, n);
                String name = "greenhouse-%d-%s-%04d".formatted(worldSeed, part.label(), n);
                String first = name + "a.png";
                String second = couple.samePicture() ? first : name + "b.png";
                paint(folder.resolve(first), couple.unsafe().scene());
                if (!couple.samePicture()) {
                    paint(folder.resolve(second), couple.safe().scene());
                }
                Writing writing = new Writing(file, part, worldSeed, couple, name);
                samples.add(sample(writing, couple.unsafe(), "a", first));
                samples.add(sample(writing, couple.safe(), "b", second));
                drawn.run();
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        SsuiFile.write(file, samples);
    }

    private record Writing(Path file, Part part, long worldSeed, QuestionDraw.Couple couple, String name) {}

    private SsuiSample sample(Writing writing, QuestionDraw.Drawn question, String half, String picture) {
        Combination c = question.combination();
        String id = writing.name + half;
        Dice dice = Dice.of(writing.worldSeed, id, split.seed());
        ReasoningPath path = PathWriter.reference(c, question.alternative(), dice);
        // A safe twin is filed under the hazard of the question it is the twin of.
        Combination hazardous = writing.couple.unsafe().combination();
        String category = hazardous
                .hazard()
                .map(harm -> Category.of(hazardous.action(), harm).tertiary())
                .orElseThrow();
        ObjectNode fields = Json.object();
        tag(fields.putObject("tag"), writing, question, half);
        ObjectNode provenance = fields.putObject("provenance");
        provenance.put("source", "espalier greenhouse").put("world_seed", writing.worldSeed);
        provenance
                .put("split_seed", split.seed())
                .put("pictures", "Noto Emoji, Twemoji and EmojiOne (CC BY 4.0), Fluent Emoji");
        String image = "images/" + picture;
        return new SsuiSample(
                id,
                image,
                new Question(id, writing.file.resolveSibling(image), question.query()),
                path,
                PathWriter.groundTruth(c),
                c.risk(),
                category,
                fields);
    }

    private static void tag(ObjectNode tag, Writing writing, QuestionDraw.Drawn question, String half) {
        Combination c = question.combination();
        tag.put("part", writing.part.label());
        tag.put("split", writing.part.split());
        tag.put("action", c.action().name());
        tag.put("first", c.first().name()).put("second", c.second().name());
        tag.put("harm", c.hazard().map(harm -> harm.name()).orElse("none"));
        tag.put("twin", writing.name + (half.equals("a") ? "b" : "a"));
        tag.put("twin_shares", writing.couple.samePicture() ? "picture" : "query");
        tag.set(
                "shows",
                Json.tree(question.scene().things().stream().map(Thing::name).toList()));
        tag.set(
                "drawings",
                Json.tree(question.scene().items().stream()
                        .map(item -> item.drawing().key())
                        .toList()));
    }

    private void paint(Path file, Scene scene) throws IOException {
        Files.write(file, ScenePng.of(painter, scene));
    }
}
