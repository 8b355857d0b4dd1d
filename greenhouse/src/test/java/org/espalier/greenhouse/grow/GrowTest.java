package org.espalier.greenhouse.grow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.QuestionDraw;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.internal.corpus.Corpus;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.corpus.Mixture;
import org.espalier.greenhouse.internal.tokenizer.BaseShape;
import org.espalier.greenhouse.internal.tokenizer.LlavaShape;
import org.espalier.greenhouse.internal.tokenizer.QwenShape;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GrowTest {
    private static final World WORLD = WorldFile.load();
    private static final Split SPLIT = Split.draw(WORLD, 3);
    private static final Corpus CORPUS = new Corpus(WORLD, SPLIT, 5);
    /** Of each part: as few as show that there is an examination. */
    private static final int QUESTIONS = 10;

    private static final QwenShape TINY = new QwenShape(1, 32, 2, 1, 32, 1, 16, 2, 16);
    private static final LlavaShape TINY_LLAVA = new LlavaShape(1, 32, 2, 1, 32, 1, 16, 2, 16, 112, 28);

    static Stream<BaseShape> shapes() {
        return Stream.of(TINY, TINY_LLAVA);
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("shapes")
    void theSameCommandMakesTheSameFilesAlsoWhenInterrupted(BaseShape shape) throws IOException {
        GrowSettings settings = settings(6, shape);
        Path straight = folder.resolve("straight");
        Path stopped = folder.resolve("stopped");

        Grow.run(straight, settings, CORPUS::item, less(6), Progress.SILENT);
        // Stops after a step that was not saved; the next run does it again.
        Grow.run(stopped, settings, CORPUS::item, less(5), Progress.SILENT);
        assertThat(stopped.resolve("model.safetensors")).doesNotExist();
        Grow.run(stopped, settings, CORPUS::item, less(6), Progress.SILENT);

        assertThat(hashes(stopped)).isEqualTo(hashes(straight));
        Set<String> own = shape == TINY ? Set.of() : Set.of("processor_config.json");
        assertThat(hashes(straight).keySet())
                .containsAll(own)
                .filteredOn(name -> !own.contains(name))
                .containsExactlyInAnyOrder(
                        "README.md",
                        "chat_template.json",
                        "config.json",
                        "generation_config.json",
                        "greenhouse.json",
                        "grow.json",
                        "losses.jsonl",
                        "model.safetensors",
                        "preprocessor_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(SplitFile.read(WORLD, straight)).isEqualTo(SPLIT);
        assertThat(ModelFolder.open(straight).family().modelType()).isEqualTo(shape.modelType());
        assertThat(Files.readString(straight.resolve("README.md"))).contains("A " + shape.family() + " in small");
    }

    @Test
    void theLossFalls() throws IOException {
        Grow.run(folder, settings(8), CORPUS::item, less(8), Progress.SILENT);

        List<JsonNode> lines = Files.readAllLines(folder.resolve("losses.jsonl")).stream()
                .map(org.espalier.core.file.Json::parse)
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getLast().path("caption").asDouble())
                .isPositive()
                .isLessThan(0.95 * lines.getFirst().path("caption").asDouble());
    }

    @Test
    void aTextThatAsksATestQuestionStopsTheGrowth() {
        QuestionDraw.Couple couple = new QuestionDraw(WORLD, SPLIT, Part.TEST_SEEN).couple(2, 3);
        CorpusItem planted =
                PlantedText.asking(couple.unsafe().scene(), couple.unsafe().query());

        assertThatThrownBy(() -> Grow.run(
                        folder,
                        settings(4, TINY, List.of(2L)),
                        (n, mixture) -> n == 11 ? planted : CORPUS.item(n, mixture),
                        less(4),
                        Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("training text 11")
                .hasMessageContaining("question: " + couple.unsafe().query());
        assertThat(folder.resolve("model.safetensors")).doesNotExist();
    }

    @Test
    void aFolderBegunOtherwiseIsRefused() {
        Grow.run(folder, settings(4), CORPUS::item, less(1), Progress.SILENT);

        assertThatThrownBy(() -> Grow.run(folder, settings(5), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other settings");
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "Dear reader");

        assertThatThrownBy(() -> Grow.run(folder, settings(4), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not empty");
    }

    private static Grow.Extent less(long upTo) {
        return new Grow.Extent(upTo, 500, QUESTIONS);
    }

    private static GrowSettings settings(int steps) {
        return settings(steps, TINY);
    }

    /** No world is drawn whose questions no text may be: that takes longer than such a growth. */
    private static GrowSettings settings(int steps, BaseShape shape) {
        return settings(steps, shape, List.of());
    }

    private static GrowSettings settings(int steps, BaseShape shape, List<Long> worldSeeds) {
        int first = steps / 2;
        return new GrowSettings(
                3,
                5,
                8,
                2,
                List.of(
                        new Cycle(first, 1e-2, 2, 0.5, List.of(new Cycle.Phase(1, Mixture.LOOKING))),
                        new Cycle(steps - first, 1e-2, 1, 0.5, List.of(new Cycle.Phase(1, Mixture.REASONING)))),
                shape,
                worldSeeds);
    }

    private static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> hashes.put(file.getFileName().toString(), Sha256.of(file)));
        }
        return hashes;
    }
}
