package org.espalier.workflow.greenhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingQuestionsTest {
    @TempDir
    private Path folder;

    private Path world(String name) {
        World world = WorldFile.load();
        Path out = folder.resolve(name);
        new GreenhouseData(world, Split.draw(world, 1)).write(out, new WorldSettings(1, Map.of(Part.TRAIN, 12)));
        return out;
    }

    @Test
    void theDemonstrationExploresWhatAnExportWroteInTheOrderOfTheData() {
        Path world = world("world");

        assertThat(TrainingQuestions.write(world, 8, 3, Progress.SILENT)).isEqualTo(8);

        List<SsuiSample> chosen = SsuiFile.read(TrainingQuestions.file(world));
        List<String> ids = chosen.stream().map(SsuiSample::id).toList();
        assertThat(ids)
                .hasSize(8)
                .isSubsetOf(SsuiFile.read(WorldDrawing.file(world, Part.TRAIN)).stream()
                        .map(SsuiSample::id)
                        .toList())
                .isSorted();
        assertThat(chosen.getFirst().fields().at("/tag/twin").asString()).isEqualTo(ids.get(1));
        assertThat(chosen.getFirst().fields().at("/provenance/source").asString())
                .isEqualTo("espalier greenhouse");
        assertThat(TrainingQuestions.file(world).resolveSibling("README.md"))
                .content()
                .contains("Questions of the greenhouse")
                .doesNotContain("not in the taxonomy");
    }

    @Test
    void theSameSeedGivesTheSameBytesAlsoAfterAStop() throws IOException {
        Path once = world("once");
        Path twice = world("twice");
        TrainingQuestions.write(once, 8, 3, Progress.SILENT);
        TrainingQuestions.write(twice, 8, 3, Progress.SILENT);
        // A stop before the last file.
        Files.delete(TrainingQuestions.file(twice).resolveSibling("README.md"));
        Files.writeString(TrainingQuestions.file(twice), "half");
        TrainingQuestions.write(twice, 8, 3, Progress.SILENT);

        assertThat(content(twice)).isEqualTo(content(once)).hasSizeGreaterThan(8);
    }

    private static Map<String, String> content(Path world) throws IOException {
        Path out = TrainingQuestions.file(world).getParent();
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(out.relativize(file).toString(), Sha256.of(file));
            }
        }
        return content;
    }
}
