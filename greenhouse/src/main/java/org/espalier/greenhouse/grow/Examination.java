package org.espalier.greenhouse.grow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Continuation;
import org.espalier.core.Demonstrations;
import org.espalier.core.Draw;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.internal.picture.Gallery;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.SceneComposer;
import org.espalier.greenhouse.internal.picture.ScenePainter;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * Asks a base model about a world: does it see what is there, and how often does its reasoning go right?
 *
 * @param folder for the pictures and questions, which are left there
 * @param seed of the world that is asked about, and of the draws
 * @param size how many questions of each part, and pictures; even
 */
record Examination(World world, Split split, Sampler sampler, Path folder, long seed, int size) {
    /** The temperature of the paper's explorations. */
    private static final double TEMPERATURE = 0.5;

    private static final int TOKENS = 160;

    ModelCard.Findings findings() {
        return new ModelCard.Findings(seed, looking(false), looking(true), reasoning());
    }

    /** One sampled path a question, without demonstrations, for each part that is tested and each risk. */
    List<ModelCard.Score> reasoning() {
        Map<Part, Integer> sizes = Map.of(Part.TEST_SEEN, size, Part.TEST_COMBINATIONS, size, Part.TEST_DRAWINGS, size);
        List<ModelCard.Score> scores = new ArrayList<>();
        new GreenhouseData(world, split)
                .write(folder, new WorldSettings(seed, sizes))
                .forEach((part, file) -> {
                    List<SsuiSample> samples = SsuiFile.read(file);
                    List<String> answers = ask(
                            samples.stream()
                                    .map(sample -> Demonstrations.NONE.before(sample.question()))
                                    .toList(),
                            TEMPERATURE);
                    for (Risk risk : Risk.values()) {
                        scores.add(score(part, risk, samples, answers));
                    }
                });
        return scores;
    }

    private ModelCard.Score score(Part part, Risk risk, List<SsuiSample> samples, List<String> answers) {
        GreenhouseRules rules = new GreenhouseRules(world);
        int[] counts = new int[5];
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).risk() == risk) {
                ReasoningPath path = path(answers.get(i));
                Judgement.Judged judged = (Judgement.Judged) rules.judge(samples.get(i), path);
                counts[0]++;
                counts[1] += rules.verify(samples.get(i), path).correct() ? 1 : 0;
                counts[2] += judged.safe() ? 1 : 0;
                counts[3] += judged.effective() ? 1 : 0;
                counts[4] += judged.safe() && judged.effective() ? 1 : 0;
            }
        }
        String name = risk.label();
        return new ModelCard.Score(part.label(), name, counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private static ReasoningPath path(String answer) {
        List<String> steps = answer.lines().filter(line -> !line.isBlank()).toList();
        return new ReasoningPath(steps.isEmpty() ? List.of("") : steps);
    }

    /**
     * The share of pictures of which everything is named, in order and nothing else, by the likeliest words.
     *
     * @param heldOutDrawings whether the objects are drawn as the model has never seen them, where they can be
     */
    double looking(boolean heldOutDrawings) {
        ScenePainter painter = new ScenePainter();
        List<List<Turn>> conversations = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            Scene scene = scene(n, heldOutDrawings);
            Path file = folder.resolve("look-%s-%03d.png".formatted(heldOutDrawings, n));
            FileTrouble.writing(file, () -> {
                Files.createDirectories(folder);
                ImageIO.write(painter.image(scene), "png", file.toFile());
            });
            conversations.add(List.of(new Turn(Turn.Role.USER, List.of(file), "What is here?")));
            expected.add("In the picture: "
                    + scene.things().stream().map(Thing::phrase).collect(Collectors.joining(", ")) + ".");
        }
        List<String> answers = ask(conversations, 0);
        long right = IntStream.range(0, size)
                .filter(i -> answers.get(i).equals(expected.get(i)))
                .count();
        return (double) right / size;
    }

    private Scene scene(int number, boolean heldOutDrawings) {
        Dice dice = Dice.of(seed, "examination", number);
        List<Thing> things = new ArrayList<>(world.things());
        things.removeIf(thing -> heldOutDrawings && !split.holdsOutDrawingOf(thing));
        dice.shuffle(things);
        List<Drawing> drawings = things.subList(0, 2 + number % 3).stream()
                .map(thing -> split.drawing(thing, heldOutDrawings, dice))
                .toList();
        return SceneComposer.compose(drawings, Gallery.TEST, dice);
    }

    private List<String> ask(List<List<Turn>> conversations, double temperature) {
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            requests.add(
                    new Sampler.Request(Integer.toString(i), conversations.get(i), Stem.EMPTY, List.of(Draw.whole(0))));
        }
        return sampler.sample(requests, Sampling.at(temperature, TOKENS, seed)).stream()
                .map(List::getFirst)
                .map(Continuation::text)
                .toList();
    }
}
